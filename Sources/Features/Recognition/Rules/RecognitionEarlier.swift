import Core
import Criteria

/// Titles that areas held before this system (danh hiệu đã có), taken over from the decisions on paper: head line, rows,
/// plan. Everything here is pure; the store hands in what is known and carries the plan out.
///
/// One row is one title of one area. Rows of the same decision become one decision with several areas. What stands in
/// the register already is left alone, so the same file again changes nothing. One fault, and nothing is brought in.
enum RecognitionEarlier {
    /// What a column holds; the raw value ends its words' key, and is the field of the form for a single title.
    enum Column: String, CaseIterable, Sendable {
        case areaCode, area, commune, title, level, body, number, day, year, until, note

        /// As offices write their head lines, without marks.
        var titles: Set<String> {
            switch self {
            case .areaCode:
                ["ma", "ma thon", "ma khu dan cu", "ma kdc", "ma to dan pho", "ma thon to dan pho", "ma khu pho"]
            case .area:
                [
                    "thon", "ten thon", "khu dan cu", "ten khu dan cu", "kdc", "ten kdc", "thon to dan pho",
                    "ten thon to dan pho", "to dan pho", "thon buon", "don vi duoc cong nhan",
                    "khu dan cu duoc cong nhan",
                ]
            case .commune:
                [
                    "xa", "ten xa", "xa phuong", "ten xa phuong", "phuong xa", "phuong", "don vi cap xa", "cap xa",
                    "xa phuong dac khu", "phuong xa dac khu", "xa phuong thi tran", "dia ban", "thuoc xa",
                ]
            case .title:
                [
                    "danh hieu", "ten danh hieu", "danh hieu duoc cong nhan", "danh hieu da cong nhan",
                    "loai danh hieu",
                    "danh hieu dat duoc", "danh hieu cong nhan",
                ]
            case .level: ["cap quyet dinh", "cap cong nhan", "cap ra quyet dinh", "cap ban hanh", "cap"]
            case .body:
                [
                    "co quan quyet dinh", "co quan ra quyet dinh", "co quan ban hanh", "co quan cong nhan",
                    "don vi quyet dinh", "don vi ban hanh", "don vi ra quyet dinh", "co quan ban hanh quyet dinh",
                    "noi ban hanh", "tham quyen quyet dinh", "cap co tham quyen",
                ]
            case .number:
                [
                    "so quyet dinh", "so qd", "quyet dinh so", "qd so", "quyet dinh", "so", "so hieu", "so van ban",
                    "so hieu quyet dinh", "so ky hieu", "so ngay quyet dinh", "so va ngay quyet dinh",
                    "quyet dinh so ngay", "quyet dinh so ngay thang nam", "so ngay thang nam quyet dinh", "so ngay qd",
                    "quyet dinh cong nhan",
                ]
            case .day:
                [
                    "ngay quyet dinh", "ngay qd", "ngay ban hanh", "ngay ky", "ngay", "ngay thang nam",
                    "ngay cong nhan",
                    "ngay ra quyet dinh", "ngay ky quyet dinh", "ngay ban hanh quyet dinh",
                ]
            case .year: ["nam", "nam cong nhan", "nam dat", "nam dat danh hieu", "nam danh hieu", "cua nam", "nam xet"]
            case .until:
                [
                    "den het ngay", "den ngay", "ngay het han", "het han", "het hieu luc", "hieu luc den",
                    "co hieu luc den", "co gia tri den", "gia tri den", "thoi han den", "ngay het hieu luc",
                ]
            case .note: ["ghi chu", "luu y", "ghi chu them"]
            }
        }
    }

    /// Columns that offices have and nobody needs here.
    private static let ignored: Set<String> = [
        "stt", "tt", "so tt", "so thu tu", "so ho", "so nguoi", "so khau", "ho", "khau", "tinh", "ten tinh",
    ]

    /// Which column is what.
    struct Header: Sendable {
        let columns: [Column: Int]
        let unknown: [(title: String, column: Int)]

        /// Nil when the line is no head line: it names neither an area nor a title.
        init?(_ cells: [String]) {
            var columns: [Column: Int] = [:]
            var unknown: [(String, Int)] = []
            for (index, cell) in cells.enumerated() where !cell.isEmpty {
                let title = VietnameseText.folded(String(cell.prefix { $0 != "(" }))
                if RecognitionEarlier.ignored.contains(title) { continue }
                if let column = Column.allCases.first(where: { $0.titles.contains(title) }), columns[column] == nil {
                    columns[column] = index
                } else {
                    unknown.append((VietnameseText.tidied(cell), index))
                }
            }
            let naming: [Column] = [.area, .areaCode, .title]
            guard columns.count >= 2, naming.contains(where: { columns[$0] != nil }) else { return nil }
            self.columns = columns
            self.unknown = unknown
        }

        /// All columns side by side: the fields of the form for a single title.
        init() {
            columns = Dictionary(uniqueKeysWithValues: Column.allCases.enumerated().map { ($1, $0) })
            unknown = []
        }

        /// What no row can do without.
        var missing: [Column] {
            var missing = [Column.title, .number].filter { columns[$0] == nil }
            if columns[.area] == nil, columns[.areaCode] == nil { missing.insert(.area, at: 0) }
            return missing
        }

        func cell(_ column: Column, _ cells: [String]) -> String {
            guard let index = columns[column], cells.indices.contains(index) else { return "" }
            return VietnameseText.tidied(cells[index])
        }
    }

    /// Something about one cell: a fault stops the import, a warning is only said.
    struct Remark: Sendable, Equatable {
        let isFault: Bool
        let sheet: String
        let line: Int
        /// The column as it was understood, also where the file has none of the kind.
        let subject: Column
        /// Counted from 0; nil where the file has no such column.
        let column: Int?
        /// Words' key below `recognition.earlier.remark`.
        let key: String
        let arguments: [String: String]
    }

    /// Where a row stands in the file.
    struct Place: Sendable, Equatable {
        let sheet: String
        let line: Int
    }

    /// A title to be taken over.
    struct Item: Sendable, Equatable {
        let place: Place
        let area: ID
        let areaName: String
        /// The title's code and its name as the criteria have it.
        let title: String
        let titleName: String
        let level: Criteria.Level
        /// The body that decided.
        let body: ID
        let number: String
        let day: Day
        /// The year it was won for.
        let year: Int
        /// The first day without; nil where the decision sets no term.
        let until: Day?
        let note: String?

        var kind: Recognition.TitleKind { Recognition.TitleKind(title, level) }
        var numberKey: String { Recognition.SignedPaper.key(number) }
    }

    struct Plan: Sendable {
        var items: [Item] = []
        var rows = 0
        var unchanged = 0
        var remarks: [Remark] = []
        var faults: Int { remarks.count { $0.isFault } }
        var warnings: Int { remarks.count { !$0.isFault } }
        var read: [(field: String, column: Int)] = []
        var unknown: [(title: String, column: Int)] = []
    }
}
