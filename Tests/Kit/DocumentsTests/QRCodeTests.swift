import Testing

@testable import Documents

@Suite("QR codes")
struct QRCodeTests {
    /// Version 3, level M, bytes; read back from a picture by another reader (ZXing) when it was written down.
    private static let known = """
        #######.#....###.##...#######
        #.....#..####..#..#...#.....#
        #.###.#.#..#.#...#.#..#.###.#
        #.###.#...#....###.#..#.###.#
        #.###.#....##..##.#...#.###.#
        #.....#.#.#####.###...#.....#
        #######.#.#.#.#.#.#.#.#######
        .............#....#..........
        #.#...##...#.#.##..#...#..#.#
        ....#..#.###....#..##.##...##
        .#..#.##..#####.##.#....###.#
        ..###..###.##.###...##.#.#...
        ...#####.##.###...#.#.#.....#
        .##.#..#..##.##..#.##.##...##
        ..###.#..#.##..#...#.##.#...#
        .#...#..###..#....#..#.#.....
        #...###.#..###.##.###.##....#
        .#.#...####.....#.######..###
        ##..###.##...##.#####.#.##..#
        ...###.#...#..###.#..#..#....
        ##..#.#.##.####..##.######.#.
        ........###..##..#.##...###.#
        #######.#.#.#..#....#.#.#...#
        #.....#..#.###...#.##...#..##
        #.###.#..#####.###.#######.#.
        #.###.#..##.#...#..#....####.
        #.###.#.###.#.#.###.##..#..##
        #.....#...####.##.#.######...
        #######.####.....##.##.#.#..#
        """

    private func drawn(_ code: QRCode) -> String {
        (0..<code.side).map { row in
            (0..<code.side).map { code.isBlack(column: $0, row: row) ? "#" : "." }.joined()
        }.joined(separator: "\n")
    }

    @Test("The squares are those that another reader read back")
    func vector() throws {
        #expect(drawn(try QRCode("https://kieumau.example/d/1")) == Self.known)
        #expect(drawn(try QRCode("https://kieumau.example/d/2")) != Self.known)
    }

    @Test("The path draws the squares inside a margin of four, and nothing else")
    func drawing() throws {
        let code = try QRCode("https://kieumau.example/d/1")
        #expect(code.wholeSide == 37)
        // Drawn back from the path: each run is "Mx yhNv1Hxz".
        var squares = [[Bool]](repeating: [Bool](repeating: false, count: 37), count: 37)
        for run in code.squares.split(separator: "z") {
            let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
            try #require(numbers.count == 5)
            for column in numbers[0]..<(numbers[0] + numbers[2]) { squares[numbers[1]][column] = true }
        }
        for row in 0..<37 {
            for column in 0..<37 {
                #expect(squares[row][column] == code.isBlack(column: column - 4, row: row - 4))
            }
        }
    }

    @Test("512 bytes are taken, one more and none are refused in words")
    func limits() throws {
        #expect(try QRCode(String(repeating: "a", count: 512)).side <= 97)
        #expect(throws: QRCodeFault.tooLong(bytes: 513, limit: 512)) {
            _ = try QRCode(String(repeating: "ă", count: 256) + "x")
        }
        #expect(throws: QRCodeFault.empty) { _ = try QRCode("") }
        #expect(QRCodeFault.tooLong(bytes: 513, limit: 512).arguments == ["bytes": "513", "limit": "512"])
    }
}
