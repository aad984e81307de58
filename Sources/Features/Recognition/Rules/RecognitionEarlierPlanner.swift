import Core
import Criteria

extension RecognitionEarlier {
    /// Takes the rows one by one and gives the plan at the end.
    struct Planner {
        private let header: Header
        private let known: Known
        private var plan = Plan()
        private var places: Places
        private var items: [Item] = []

        /// The longest number and note that are kept.
        static let numberLength = 40
        static let noteLength = 500

        private struct Reading {
            let place: Place
            let cells: [String]
        }

        init(_ header: Header, _ known: Known) {
            self.header = header
            self.known = known
            places = Places(known)
        }

        mutating func take(sheet: String, number: Int, cells: [String]) {
            plan.rows += 1
            let row = Reading(place: Place(sheet: sheet, line: number), cells: cells)
            let before = plan.faults
            let area = readArea(row)
            let title = told(row, places.title(cell(.title, row)))
            let level = told(row, places.level(cell(.level, row)))
            let body = told(row, places.body(cell(.body, row), level ?? nil, over: area))
            let agreed = agree(row, level ?? nil, body)
            let paper = readPaper(row)
            let year = readYear(row, paper.day)
            let until = readUntil(row, paper.day)
            let note = cell(.note, row)
            if note.count > Self.noteLength { fault(row, .note, "longNote", ["most": "\(Self.noteLength)"]) }
            guard plan.faults == before, let area, let title, let body, let agreed, let day = paper.day, let year
            else { return }
            items.append(
                Item(
                    place: row.place, area: area.id, areaName: area.name, title: title.code, titleName: title.name.vi,
                    level: agreed, body: body.id, number: paper.number, day: day, year: year, until: until,
                    note: note.isEmpty ? nil : note))
        }

        func finish() -> Plan {
            var plan = plan
            let settling = Settling(items, known)
            plan.items = settling.items
            plan.unchanged = settling.unchanged
            plan.remarks += settling.faults.map { fault in
                Remark(
                    isFault: true, sheet: fault.item.place.sheet, line: fault.item.place.line, subject: fault.column,
                    column: column(fault.column), key: fault.key, arguments: fault.arguments)
            }
            plan.remarks.sort { ($0.line, $0.column ?? -1) < ($1.line, $1.column ?? -1) }
            plan.read = header.columns.map { (field: $0.key.rawValue, column: $0.value) }.sorted {
                $0.column < $1.column
            }
            plan.unknown = header.unknown
            return plan
        }

        private func cell(_ column: Column, _ row: Reading) -> String { header.cell(column, row.cells) }

        /// Where a fault of a column the file lacks is shown: beside what it would belong to.
        private func column(_ column: Column) -> Int? {
            switch column {
            case .areaCode, .area, .commune:
                header.columns[column] ?? header.columns[.area] ?? header.columns[.areaCode]
            case .day: header.columns[.day] ?? header.columns[.number]
            case .level, .body: header.columns[column] ?? header.columns[.number]
            default: header.columns[column] ?? header.columns[.title]
            }
        }

        private mutating func fault(
            _ row: Reading, _ column: Column, _ key: String, _ arguments: [String: String] = [:], isFault: Bool = true
        ) {
            plan.remarks.append(
                Remark(
                    isFault: isFault, sheet: row.place.sheet, line: row.place.line, subject: column,
                    column: self.column(column), key: key, arguments: arguments))
        }

        private mutating func told<Found>(_ row: Reading, _ answer: Places.Answer<Found>) -> Found? {
            switch answer {
            case .found(let found): return found
            case .fault(let column, let key, let arguments):
                fault(row, column, key, arguments)
                return nil
            }
        }

        private mutating func readArea(_ row: Reading) -> Known.Unit? {
            told(row, places.area(code: cell(.areaCode, row), name: cell(.area, row), commune: cell(.commune, row)))
        }

        /// The level that the decision was made at. Districts are gone: their decisions stand under the body that took
        /// over, so a row may say "district" of one that stands higher or lower; any other difference is a slip.
        private mutating func agree(
            _ row: Reading, _ level: Criteria.Level?, _ body: Known.Body?
        ) -> Criteria.Level? {
            guard let body else { return nil }
            guard let level, level != body.level else { return body.level }
            guard level == .district else {
                fault(row, .level, "levelOther", ["name": body.name])
                return nil
            }
            fault(row, .level, "districtGone", ["name": body.name], isFault: false)
            return level
        }

        /// Number and day, from two cells or from one: "12/QD-MTTQ ngay 20/11/2024".
        private mutating func readPaper(_ row: Reading) -> (number: String, day: Day?) {
            let paper = RecognitionEarlier.paper(cell(.number, row))
            let number = paper.number
            if number.isEmpty {
                fault(row, .number, "emptyNumber")
            } else if number.count > Self.numberLength {
                fault(row, .number, "longNumber", ["most": "\(Self.numberLength)"])
            }
            let own = cell(.day, row)
            let typed = own.isEmpty ? paper.day : own
            guard !typed.isEmpty else {
                fault(row, .day, "emptyDay")
                return (number, nil)
            }
            guard let day = Day.parse(typed) else {
                fault(row, .day, "wrongDay", ["found": typed])
                return (number, nil)
            }
            if day > known.today {
                fault(row, .day, "futureDay", ["found": typed])
                return (number, nil)
            }
            return (number, day)
        }

        /// The year the title was won for: the decision is of that year or of the next one.
        private mutating func readYear(_ row: Reading, _ day: Day?) -> Int? {
            let cell = cell(.year, row)
            guard !cell.isEmpty else { return day?.year }
            guard let year = Int(cell), (1_900...2_200).contains(year) else {
                fault(row, .year, "wrongYear", ["found": cell])
                return nil
            }
            if let day, !(year...year + 1).contains(day.year) {
                fault(row, .year, "otherYear", ["found": cell, "year": "\(day.year)"])
                return nil
            }
            return year
        }

        /// The last day named is still in it.
        private mutating func readUntil(_ row: Reading, _ day: Day?) -> Day? {
            let cell = cell(.until, row)
            guard !cell.isEmpty else { return nil }
            guard let last = Day.parse(cell) else {
                fault(row, .until, "wrongDay", ["found": cell])
                return nil
            }
            if let day, last < day { fault(row, .until, "untilBefore", ["found": cell, "day": day.isoText]) }
            return last.adding(days: 1)
        }
    }

    /// Takes a number and a day apart that stand in one cell, and words before the number off.
    static func paper(_ cell: String) -> (number: String, day: String) {
        var words = cell.split(separator: " ").map(String.init)
        var day = ""
        if let at = words.firstIndex(where: { VietnameseText.folded($0) == "ngay" }) {
            let rest = words[(at + 1)...].filter { $0.contains(where: \.isNumber) }
            day = rest.joined(separator: "/")
            words = Array(words[..<at])
        }
        let leading: Set<String> = ["so", "qd", "quyet", "dinh"]
        while words.count > 1, let first = words.first, leading.contains(VietnameseText.folded(first)) {
            words.removeFirst()
        }
        let number = words.joined(separator: " ")
        let bare = number.reversed().drop { ",;:".contains($0) }.reversed()
        return (String(bare), day.trimming(",.;)"))
    }
}

extension String {
    /// Without these signs at its end.
    fileprivate func trimming(_ signs: String) -> String {
        String(reversed().drop { signs.contains($0) }.reversed())
    }
}
