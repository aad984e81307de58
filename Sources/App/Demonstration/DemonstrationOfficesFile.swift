import Core
import Documents
import Foundation
import Offices
import Organisation

/// offices.yaml.
struct DemonstrationOfficesFile: Decodable, Sendable {
    struct Office: Decodable, Sendable {
        let by: String
        let codes: [String]
        let due: Day
        let objectionsUntil: Day
        let filled: Day

        private enum CodingKeys: String, CodingKey {
            case by, codes, due, filled
            case objectionsUntil = "objections_until"
        }
    }

    struct Objection: Decodable, Sendable {
        let area: String
        let indicator: String
        let by: String
        let figure: String
        let claimed: String
        let day: Day
        let settled: Day?
        let words: String
        let answer: String?
    }

    struct Range: Decodable, Sendable {
        let from: Double?
        let to: Double?
        let step: Double?
        let choices: [String]?

        /// A number below `most`, far apart for keys that are alike.
        private static func spread(_ key: String, _ most: Int) -> Int {
            var hash = key.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
            hash ^= hash >> 15
            hash = hash &* 2_246_822_519
            return Int((hash ^ (hash >> 13)) % UInt32(most))
        }

        /// One of them, the same for a key in every run.
        func drawn(_ key: String) -> String {
            if let choices { return choices[Self.spread(key, max(1, choices.count))] }
            guard let from, let to, let step, step > 0 else { return "" }
            let tenths =
                Int((from * 100).rounded())
                + Self.spread(key, Int((to - from) / step) + 1) * Int((step * 100).rounded())
            let text = "\(tenths / 100)." + (tenths % 100 < 10 ? "0" : "") + "\(tenths % 100)"
            return text.hasSuffix(".00")
                ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
        }
    }

    /// One paper for whole columns.
    struct Document: Decodable, Sendable {
        let by: String
        let commune: String
        let codes: [String]
        let day: Day
        let file: String
        let caption: String

        /// The figures of its columns, area by area, as the office would send them.
        func sheet(_ areas: [TerritoryTitle], _ cells: [Offices.Cell: Offices.Held]) throws -> [UInt8] {
            let path = FileManager.default.temporaryDirectory.appending(
                path: "kieumau-\(UInt64.random(in: 0...(.max))).xlsx")
            defer { try? FileManager.default.removeItem(at: path) }  // What is left of it is a temporary file's.
            let sheet = try SheetWriter(path: path.path)
            try sheet.begin(
                sheet: "Minh họa",
                columns: [SheetColumn("Khu dân cư", width: 28)] + codes.map { SheetColumn($0, width: 12) })
            for area in areas {
                try sheet.append(
                    [.text(area.name)]
                        + codes.map { code in
                            .text(
                                cells[Offices.Cell(area: area.id, code: code)].map { Offices.Typed.text($0.value) }
                                    ?? "")
                        })
            }
            try sheet.finish()
            return Array(try Data(contentsOf: path))
        }
    }

    let year: Int
    let assigned: Day
    let offices: [Office]
    let documents: [Document]
    let objections: [Objection]
    let others: [String: Range]
}
