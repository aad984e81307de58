extension PictureCanvas {
    /// A few plain shapes, so that every practice with a picture has one that is nobody's.
    mutating func practice(_ name: String) {
        gradient(from: Colour(186, 214, 232), to: Colour(232, 240, 240), rows: 0..<(height * 6 / 10))
        rectangle(0, height * 6 / 10, width, height, Colour(146, 176, 104))
        switch name {
        case "bin":
            rectangle(width / 2 - 110, height / 2 - 20, width / 2 + 110, height * 8 / 10, Colour(170, 168, 160))
            rectangle(width / 2 - 130, height / 2 - 50, width / 2 + 130, height / 2 - 20, Colour(120, 118, 112))
        case "lamp":
            for post in 0..<5 {
                let x = width * (post + 1) / 6
                rectangle(x - 4, height / 4, x + 4, height * 8 / 10, Colour(96, 96, 100))
                disc(x, height / 4, 20, Colour(250, 226, 130))
            }
        default:
            for row in 0..<6 {
                rectangle(0, height * (12 + row) / 20, width, height * (12 + row) / 20 + 8, Colour(96, 136, 70))
            }
        }
    }
}
