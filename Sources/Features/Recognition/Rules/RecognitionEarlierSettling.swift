import Core
import Criteria

extension RecognitionEarlier {
    /// What becomes of rows that were read: what is new, what stands already, and what cannot be. Asked for the preview
    /// and once more when it is carried out.
    struct Settling {
        struct Fault {
            let item: Item
            let column: Column
            let key: String
            let arguments: [String: String]
        }

        private(set) var items: [Item] = []
        private(set) var unchanged = 0
        private(set) var faults: [Fault] = []
        private var known: [Holder: [Known.Grant]] = [:]
        private var decisions: [Paper: Known.Decision] = [:]
        private var taken: [Holder: [Item]] = [:]
        private var papers: [Paper: Item] = [:]
        /// A paper gives a title at one level: the level, and the line of the file that said so.
        private var levels: [PaperTitle: (level: Criteria.Level, line: Int?)] = [:]
        /// The titles that a commune's import may name; nil where the base is no commune.
        private let own: Set<String>?
        private let gates: Gates

        /// Titles of one kind by one body over one area: they follow each other and never overlap.
        private struct Holder: Hashable {
            let area: ID
            let title: String
            let level: Criteria.Level
            let body: ID
        }

        private struct Paper: Hashable {
            let body: ID
            let year: Int
            let key: String
        }

        private struct PaperTitle: Hashable {
            let paper: Paper
            let title: String
        }

        init(_ rows: [Item], _ known: Known) {
            gates = Gates(known)
            own =
                known.isCommune
                ? Set(known.titles.filter { $0.deciders.contains { $0.level == .commune } }.map(\.code)) : nil
            for grant in known.grants {
                let holder = Holder(
                    area: grant.area, title: grant.kind.code, level: grant.kind.level, body: grant.body)
                self.known[holder, default: []].append(grant)
            }
            for decision in known.decisions {
                let paper = Paper(body: decision.body, year: decision.day.year, key: decision.numberKey)
                if decisions[paper] == nil || decision.isOwn { decisions[paper] = decision }
                levels[PaperTitle(paper: paper, title: decision.title)] = (decision.level, nil)
            }
            // By the decisions' days, so that of two that cannot be the later one is doubted.
            let inOrder = rows.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
            for (_, item) in inOrder { take(item) }
            items.sort { ($0.day, $0.place.line) < ($1.day, $1.place.line) }
        }

        private mutating func take(_ item: Item) {
            let holder = Holder(area: item.area, title: item.title, level: item.level, body: item.body)
            let before = faults.count
            let standing = known[holder] ?? []
            if let same = standing.first(where: { $0.numberKey == item.numberKey && $0.from == item.day }) {
                if same.until == item.until { unchanged += 1 } else { fault(item, .until, "otherTerm") }
                return
            }
            let rows = taken[holder] ?? []
            if let same = rows.first(where: { $0.numberKey == item.numberKey && $0.day == item.day }) {
                fault(item, .area, "sameRow", ["line": "\(same.place.line)"])
                return
            }
            checkPaper(item)
            checkDecider(item)
            // Of a paper that is known here already it is enough to say so.
            if faults.count == before, let closed = gates.closed(to: item) {
                fault(item, .day, closed.key, closed.arguments)
            }
            if let other = standing.first(where: {
                Settling.overlap(item.day, item.until, nil, $0.from, $0.until, $0.endedOn)
            }) {
                fault(item, .title, "twiceThere", ["number": other.number, "day": other.from.isoText])
            } else if let other = rows.first(where: {
                Settling.overlap(item.day, item.until, nil, $0.day, $0.until, nil)
            }) {
                fault(item, .title, "twiceHere", ["line": "\(other.place.line)"])
            }
            guard faults.count == before else { return }
            taken[holder, default: []].append(item)
            items.append(item)
        }

        /// A number is one paper of a body in a year.
        private mutating func checkPaper(_ item: Item) {
            let paper = Paper(body: item.body, year: item.day.year, key: item.numberKey)
            if let there = decisions[paper] {
                if there.isOwn {
                    fault(item, .number, "numberHere", ["number": item.number])
                } else if there.day != item.day {
                    fault(item, .day, "numberOtherDay", ["number": item.number, "day": there.day.isoText])
                }
            } else if let first = papers[paper], first.day != item.day {
                fault(item, .day, "numberOtherRow", ["number": item.number, "line": "\(first.place.line)"])
            }
            if papers[paper] == nil { papers[paper] = item }
            checkLevel(item, of: paper)
        }

        /// The title of a paper stands at one level, within the file and in the register.
        private mutating func checkLevel(_ item: Item, of paper: Paper) {
            let key = PaperTitle(paper: paper, title: item.title)
            guard let there = levels[key] else {
                levels[key] = (item.level, item.place.line)
                return
            }
            if there.level == item.level || decisions[paper]?.isOwn == true { return }
            if let line = there.line {
                fault(item, .level, "levelOtherRow", ["number": item.number, "line": "\(line)"])
            } else {
                fault(item, .level, "levelThere", ["number": item.number])
            }
        }

        /// A commune enters its own decisions on titles that the criteria in force let it decide.
        private mutating func checkDecider(_ item: Item) {
            guard let own else { return }
            if item.level != .commune { fault(item, .level, "notOfCommune") }
            if !own.contains(item.title) { fault(item, .title, "titleNotOfCommune") }
        }

        /// Whether the earlier of two still held when the later one came, with more than a year left.
        private static func overlap(
            _ day: Day, _ until: Day?, _ ended: Day?, _ otherDay: Day, _ otherUntil: Day?, _ otherEnded: Day?
        ) -> Bool {
            let isLater = otherDay <= day
            let (later, end, stop) = isLater ? (day, otherUntil, otherEnded) : (otherDay, until, ended)
            if let stop, stop <= later { return false }
            guard let end else { return true }
            return end > later.adding(months: Recognition.TitleLadder.renewalMonths)
        }

        private mutating func fault(
            _ item: Item, _ column: Column, _ key: String, _ arguments: [String: String] = [:]
        ) {
            faults.append(
                Fault(
                    item: item, column: column, key: key,
                    arguments: arguments.merging(["area": item.areaName, "title": item.titleName]) { own, _ in own }))
        }
    }
}
