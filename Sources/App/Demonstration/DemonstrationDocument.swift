import Core
import Database
import Documents
import Foundation
import Recognition

/// Evidence of Thông Xanh that is no picture: a list of roads as a spreadsheet, and somebody in office who saw it.
enum DemonstrationDocument {
    static func happenings(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands
    ) throws -> [DemonstrationHappening] {
        guard let last = dossier.days.selfAssessed else { return [] }
        return [
            try DemonstrationHappening(
                last.adding(days: -2), Evening.clock(dossier.area, 44), DemonstrationRound.file, dossier.area
            ) { scene in
                let bytes = try roads()
                let file = try DocumentFile.check(bytes)
                let document = Recognition.PreparedDocument(
                    address: try scene.files.put(bytes), file: file, fileName: "minh-hoa-danh-muc-tuyen.xlsx",
                    bytes: bytes.count)
                try await add(
                    .document(document), code: "III.2", note: "Minh họa: danh mục 13 tuyến đường thôn", dossier,
                    hands.area, scene)
            },
            try DemonstrationHappening(
                last.adding(days: -2), Evening.clock(dossier.area, 52), DemonstrationRound.file, dossier.area
            ) { scene in
                let seen = try Recognition.Observation(
                    kind: .witness, office: "Chi hội trưởng Nông dân thôn", day: last.adding(days: -3),
                    seen: "Đi xem 26 chuồng trại: 24 có hầm xử lý, còn hai hộ chăn nuôi bò sữa chưa có.", today: last)
                try await add(.observation(seen), code: "III.6", note: nil, dossier, hands.area, scene)
            },
        ]
    }

    private static func add(
        _ new: Recognition.NewEvidence, code: String, note: String?, _ dossier: DemonstrationDossier,
        _ hand: DemonstrationHand, _ scene: DemonstrationScene
    ) async throws {
        let id = try scene.dossier(dossier.area)
        try await scene.act(
            hand, .fillAssessment, as: "evidence.add", on: { try RecognitionStore.dossier(id, unattended: $0) }
        ) { _, deed, tx in
            Receipt(id: try RecognitionStore.add(new, to: id, code: code, note: note, deed, tx))
        }
    }

    /// Thirteen roads, of which eight have a drain and trees, as the commune's map counts them later.
    private static func roads() throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "kieumau-\(UInt64.random(in: 0...(.max))).xlsx")
        defer { try? FileManager.default.removeItem(at: path) }
        let sheet = try SheetWriter(path: path.path)
        try sheet.begin(
            sheet: "Minh họa",
            columns: [
                SheetColumn("TT", width: 6), SheetColumn("Tuyến đường (minh họa)", width: 32),
                SheetColumn("Dài (m)", width: 10), SheetColumn("Có rãnh và cây", width: 16),
            ])
        for number in 1...13 {
            try sheet.append([
                .integer(number), .text("Tuyến \(number)"), .integer(180 + number * 23 % 170),
                .text(number <= 8 ? "có" : "chưa"),
            ])
        }
        try sheet.finish()
        return Array(try Data(contentsOf: path))
    }
}
