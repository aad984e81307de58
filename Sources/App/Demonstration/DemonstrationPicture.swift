import Core
import Database
import Documents
import Recognition

/// Pictures in place of photographs, drawn here: no real hamlet, road or person is in them, and their notes say so.
enum DemonstrationPicture {
    /// The one area whose evidence is told in full.
    static let area = "thong-xanh"

    private struct Entry: Sendable {
        let code: String
        let note: String
        let daysBefore: Int
        let draw: @Sendable (inout PictureCanvas) -> Void
    }

    private static let entries = [
        Entry(code: "II.4", note: "Minh họa: nhà văn hóa thôn", daysBefore: 5) { $0.house() },
        Entry(code: "II.5", note: "Minh họa: bảng công khai thu chi", daysBefore: 4) { $0.board(lines: 7) },
        Entry(code: "III.2", note: "Minh họa: đường có rãnh và cây hai bên", daysBefore: 4) { $0.road(trees: 5) },
        Entry(code: "III.2", note: "Minh họa: đoạn đường trồng hoa", daysBefore: 3) { $0.road(trees: 2, flowers: 40) },
        Entry(code: "III.3", note: "Minh họa: đèn đường buổi tối", daysBefore: 3) { $0.lamps(5) },
        Entry(code: "III.5", note: "Minh họa: hàng rào xanh", daysBefore: 2) { $0.hedge() },
    ]

    /// A sheet of grey lines in place of a signed paper: it has no words, no name and no seal.
    static var paper: PictureCanvas {
        var canvas = PictureCanvas(width: 620, height: 877)
        let ink = PictureCanvas.Colour(170, 174, 178)
        canvas.rectangle(0, 0, canvas.width, canvas.height, PictureCanvas.Colour(250, 249, 244))
        for (left, right) in [(70, 260), (350, 550)] {
            canvas.rectangle(left, 70, right, 80, ink)
            canvas.rectangle(left + 20, 92, right - 20, 100, ink)
        }
        canvas.rectangle(230, 160, 390, 174, ink)
        for line in 0..<17 {
            let top = 220 + line * 26
            canvas.rectangle(line % 5 == 0 ? 100 : 70, top, line % 5 == 4 ? 330 : 550, top + 8, ink)
        }
        canvas.rectangle(370, 710, 540, 720, ink)
        canvas.rectangle(390, 800, 520, 810, ink)
        return canvas
    }

    static func happenings(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands
    ) throws -> [DemonstrationHappening] {
        guard let last = dossier.days.selfAssessed else { return [] }
        return try entries.enumerated().map { index, entry in
            try DemonstrationHappening(
                last.adding(days: -entry.daysBefore), Evening.clock(dossier.area, 30 + index * 2),
                DemonstrationRound.file, dossier.area
            ) { scene in
                try await add(entry, number: index + 1, to: dossier, by: hands.area, scene)
            }
        }
    }

    private static func add(
        _ entry: Entry, number: Int, to dossier: DemonstrationDossier, by hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        var canvas = PictureCanvas(width: 960, height: 640)
        entry.draw(&canvas)
        let made = try Picture.normalise(canvas.png)
        let picture = Recognition.PreparedPicture(
            address: try scene.files.put(made.bytes), thumbnail: try scene.files.put(made.thumbnail),
            fileName: "minh-hoa-\(number).jpg", width: made.width, height: made.height, bytes: made.bytes.count,
            origin: made.taken)
        let id = try scene.dossier(dossier.area)
        try await scene.act(
            hand, .fillAssessment, as: "evidence.add", on: { try RecognitionStore.dossier(id, unattended: $0) }
        ) { _, deed, tx in
            Receipt(
                id: try RecognitionStore.add(picture, to: id, code: entry.code, note: entry.note, deed, tx))
        }
    }
}

extension PictureCanvas {
    fileprivate mutating func country(sky: Colour = Colour(186, 214, 232), below: Colour = Colour(232, 240, 240)) {
        gradient(from: sky, to: below, rows: 0..<(height * 6 / 10))
        for hill in 0..<6 {
            disc(width * hill / 5, height * 7 / 10, height * (3 + hill % 3) / 14, Colour(120, 158, 128))
        }
        rectangle(0, height * 6 / 10, width, height, Colour(146, 176, 104))
    }

    fileprivate mutating func road(trees: Int, flowers: Int = 0) {
        country()
        for row in (height * 6 / 10)..<height {
            let depth = row - height * 6 / 10
            let half = 30 + depth * width / height / 2
            rectangle(width / 2 - half - 14, row, width / 2 + half + 14, row + 1, Colour(104, 112, 108))
            rectangle(width / 2 - half, row, width / 2 + half, row + 1, Colour(186, 184, 178))
        }
        for tree in 0..<trees {
            for side in [-1, 1] {
                let near = (tree + 1) * height / (trees + 1) * 4 / 10
                let x = width / 2 + side * (80 + near * width / height / 2)
                let y = height * 6 / 10 + near
                rectangle(x - 5, y - 60 - near / 2, x + 5, y, Colour(110, 84, 60))
                disc(x, y - 70 - near / 2, 26 + near / 4, Colour(58, 118, 66))
            }
        }
        for flower in 0..<flowers {
            let x = flower * 97 % (width / 3)
            let y = height * 8 / 10 + flower * 53 % (height / 5)
            disc(flower % 2 == 0 ? x : width - x, y, 7, flower % 3 == 0 ? Colour(226, 184, 40) : Colour(206, 78, 96))
        }
    }

    fileprivate mutating func lamps(_ count: Int) {
        country(sky: Colour(24, 32, 62), below: Colour(92, 82, 104))
        rectangle(0, height * 6 / 10, width, height, Colour(48, 58, 52))
        rectangle(0, height * 7 / 10, width, height * 9 / 10, Colour(84, 84, 88))
        for lamp in 0..<count {
            let x = width * (2 * lamp + 1) / (2 * count)
            rectangle(x - 3, height * 3 / 10, x + 3, height * 7 / 10, Colour(150, 152, 156))
            disc(x, height * 3 / 10, 30, Colour(150, 132, 84))
            disc(x, height * 3 / 10, 14, Colour(255, 240, 190))
        }
    }

    fileprivate mutating func hedge() {
        country()
        rectangle(0, height * 8 / 10, width, height, Colour(190, 186, 176))
        for leaf in 0..<420 {
            let x = leaf * 61 % width
            let y = height * 5 / 10 + leaf * 37 % (height * 3 / 10)
            disc(x, y, 22, leaf % 3 == 0 ? Colour(72, 134, 70) : Colour(56, 112, 60))
        }
        for flower in 0..<30 {
            disc(flower * 131 % width, height * 5 / 10 + flower * 71 % (height * 3 / 10), 6, Colour(206, 56, 70))
        }
    }

    fileprivate mutating func house() {
        country()
        rectangle(width / 4, height * 4 / 10, width * 3 / 4, height * 8 / 10, Colour(238, 220, 168))
        for row in 0..<(height / 8) {
            rectangle(
                width / 4 - 40 + row / 2, height * 4 / 10 - row, width * 3 / 4 + 40 - row / 2,
                height * 4 / 10 - row + 1,
                Colour(164, 74, 58))
        }
        rectangle(width * 9 / 20, height * 11 / 20, width * 11 / 20, height * 8 / 10, Colour(122, 84, 58))
        for window in [6, 12] {
            rectangle(
                width * window / 20, height * 11 / 20, width * (window + 2) / 20, height * 13 / 20,
                Colour(126, 170, 190))
        }
    }

    fileprivate mutating func board(lines: Int) {
        country()
        rectangle(width / 5, height / 6, width * 4 / 5, height * 5 / 6, Colour(122, 92, 62))
        rectangle(width / 5 + 14, height / 6 + 14, width * 4 / 5 - 14, height * 5 / 6 - 14, Colour(250, 250, 246))
        for line in 0..<lines {
            let y = height / 6 + 50 + line * (height * 2 / 3 - 70) / lines
            rectangle(width / 5 + 50, y, width / 2 - 20, y + 10, Colour(120, 126, 130))
            rectangle(width * 3 / 5, y, width * 4 / 5 - 50 - line % 3 * 30, y + 10, Colour(120, 126, 130))
        }
    }
}
