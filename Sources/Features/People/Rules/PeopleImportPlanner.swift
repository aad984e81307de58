import Core
import Organisation

extension PeopleImport {
    /// Takes the rows one by one and gives the plan at the end.
    struct Planner {
        private let header: Header
        private let known: Known
        private var plan = Plan()
        private var places: Places
        private var bySignIn: [String: Known.One] = [:]
        private var byName: [String: [Known.One]] = [:]
        private var twins = Twins()

        /// A row as it is read, before it is known to be right.
        struct Reading {
            let sheet: String
            let line: Int
            let cells: [String]
        }

        init(_ header: Header, _ known: Known) {
            self.header = header
            self.known = known
            places = Places(known)
            for one in known.people {
                if let name = one.signInName { bySignIn[name] = one }
                byName[one.nameKey, default: []].append(one)
            }
        }

        mutating func take(sheet: String, number: Int, cells: [String]) {
            plan.rows += 1
            let row = Reading(sheet: sheet, line: number, cells: cells)
            var before = plan.faults
            let name = header.cell(.name, cells)
            if !(1...200).contains(name.count) { fault(row, .name, "emptyName") }
            let birthYear = readBirthYear(row)
            let phone = readPhone(row)
            let signIn = readSignIn(row)
            let isBare = [Column.birthYear, .phone, .signInName].allSatisfy { header.cell($0, cells).isEmpty }
            let found = twins.look(
                at: row, name: name, birthYear: birthYear, phone: phone, signIn: signIn, isBare: isBare)
            if let found {
                fault(found, name)
                // An earlier row's fault is not this one's.
                if found.row.line != number { before += 1 }
            }
            // Who is meant can only be told where everything that tells a person apart could be read.
            let subject =
                plan.faults == before
                ? readSubject(row, name: name, birthYear: birthYear, phone: phone, signIn: signIn) : nil
            let role = readRole(row)
            let (from, until) = readTerm(row)
            let territory = readTerritory(row)
            let body = readBody(row, on: territory, from: from)
            let isArea = territory?.isArea ?? !header.cell(.area, cells).isEmpty
            if let role, let key = PeopleRoleTerm.misplaced(role, onArea: isArea) {
                fault(row, isArea ? .role : .area, key)
            }
            guard plan.faults == before, let subject, let role, let territory, let body else { return }
            let item = Item(
                subject: subject, name: name, birthYear: birthYear, phone: phone, signInName: signIn, role: role,
                organisation: body.id, territory: territory.id, from: from, until: until)
            settle(row, item)
        }

        func finish() -> Plan {
            var plan = plan
            plan.read = header.columns.map { (field: $0.key.rawValue, column: $0.value) }.sorted {
                $0.column < $1.column
            }
            plan.unknown = header.unknown
            // What must be mended stands first, by lines: of very many remarks the last are not kept.
            let faults = plan.remarks.filter(\.isFault).enumerated().sorted {
                ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
            }
            plan.remarks = faults.map(\.element) + plan.remarks.filter { !$0.isFault }
            return plan
        }

        private mutating func fault(
            _ row: Reading, _ column: Column?, _ key: String, _ arguments: [String: String] = [:]
        ) {
            plan.remarks.append(
                Remark(
                    isFault: true, sheet: row.sheet, line: row.line,
                    column: column.flatMap { header.columns[$0] ?? header.columns[.name] }, key: key,
                    arguments: arguments))
        }

        private mutating func fault(_ twin: Twins.Found, _ name: String) {
            fault(twin.row, twin.column, twin.key, ["name": name, "line": "\(twin.line)"])
        }

        private mutating func warn(_ row: Reading, _ column: Column, _ key: String, _ arguments: [String: String]) {
            plan.remarks.append(
                Remark(
                    isFault: false, sheet: row.sheet, line: row.line, column: header.columns[column], key: key,
                    arguments: arguments))
        }

        private mutating func readBirthYear(_ row: Reading) -> Int? {
            let cell = header.cell(.birthYear, row.cells)
            guard !cell.isEmpty else { return nil }
            let year = Int(cell) ?? Day.parse(cell)?.year
            if let year, (1900...known.today.year).contains(year) { return year }
            fault(row, .birthYear, "birthYear", ["found": cell])
            return nil
        }

        private mutating func readPhone(_ row: Reading) -> String? {
            let cell = header.cell(.phone, row.cells)
            guard !cell.isEmpty else { return nil }
            if let phone = PeoplePhone(cell) { return phone.digits }
            fault(row, .phone, "phone", ["found": cell])
            return nil
        }

        private mutating func readSignIn(_ row: Reading) -> String? {
            let cell = header.cell(.signInName, row.cells)
            guard !cell.isEmpty else { return nil }
            if let name = PeopleSignInName(cell) { return name.text }
            fault(row, .signInName, "signInName", ["found": cell])
            return nil
        }

        private mutating func readRole(_ row: Reading) -> Role? {
            let cell = header.cell(.role, row.cells)
            if cell.isEmpty {
                fault(row, .role, "emptyRole")
                return nil
            }
            guard let role = PeopleImport.role(cell) else {
                fault(row, .role, "unknownRole", ["found": cell])
                return nil
            }
            if role == .helper {
                fault(row, .role, "helper")
                return nil
            }
            return role
        }

        private mutating func day(_ row: Reading, _ column: Column) -> Day? {
            let cell = header.cell(column, row.cells)
            guard !cell.isEmpty else { return nil }
            if let day = Day.parse(cell) { return day }
            fault(row, column, "wrongDay", ["found": cell])
            return nil
        }

        /// From the day given, or from today; the last day named is still in it.
        private mutating func readTerm(_ row: Reading) -> (Day, Day?) {
            let given = day(row, .from)
            let from = given ?? known.today
            let until = day(row, .until)?.adding(days: 1)
            // Against a first day that nobody can read the last one is not judged.
            guard given != nil || header.cell(.from, row.cells).isEmpty else { return (from, until) }
            for refusal in PeopleRoleTerm.refusal(from: from, until: until, today: known.today)?.all ?? [] {
                let isBackwards = refusal.key == "people.refusal.termUntil"
                fault(row, refusal.field == "from" ? .from : .until, isBackwards ? "termBackwards" : "termTooFar")
            }
            return (from, until)
        }

        /// The area, else the commune, else the unit of the import. Of a commune that is not there the area's name is
        /// looked at all the same.
        private mutating func readTerritory(_ row: Reading) -> Known.Unit? {
            let (commune, area) = (header.cell(.commune, row.cells), header.cell(.area, row.cells))
            guard !commune.isEmpty || area.isEmpty else { return told(row, places.area(area, in: nil)) }
            let above = told(row, places.commune(commune))
            if area.isEmpty { return above }
            if let above { return told(row, places.area(area, in: above)) }
            if let answer = places.faultOfName(area: area) { _ = told(row, answer) }
            return nil
        }

        private mutating func readBody(_ row: Reading, on unit: Known.Unit?, from: Day) -> Known.Body? {
            let cell = header.cell(.organisation, row.cells)
            if let unit { return told(row, places.body(cell, on: unit, from: from)) }
            if let answer = places.faultOfName(body: cell, from: from) { _ = told(row, answer) }
            return nil
        }

        private mutating func told<Found>(_ row: Reading, _ answer: Places.Answer<Found>) -> Found? {
            switch answer {
            case .found(let found): return found
            case .fault(let column, let key, let arguments):
                fault(row, column, key, arguments)
                return nil
            }
        }

        /// Whoever is meant: by sign-in name, else by name with telephone or year of birth. Out of the importer's sight a
        /// name and a year are somebody else's, and a sign-in name or a telephone stop the row without saying whose.
        private mutating func readSubject(
            _ row: Reading, name: String, birthYear: Int?, phone: String?, signIn: String?
        ) -> Item.Subject? {
            let nameKey = VietnameseText.nameKey(name)
            if let signIn, let one = bySignIn[signIn] {
                guard one.isSeen else {
                    fault(row, .signInName, "signInUsed", ["found": signIn])
                    return nil
                }
                guard one.nameKey == nameKey else {
                    fault(row, .signInName, "signInTaken", ["found": signIn, "name": one.name])
                    return nil
                }
                return place(one, row, by: .signInName)
            }
            let alike = byName[nameKey] ?? []
            let called = phone.map { phone in alike.filter { $0.phone == phone } } ?? []
            if called.contains(where: { !$0.isSeen }) {
                fault(row, .phone, "personElsewhere", ["name": name])
                return nil
            }
            let same = alike.filter { one in
                one.isSeen && (phone != nil && one.phone == phone || birthYear != nil && one.birthYear == birthYear)
            }
            if same.count == 1 { return place(same[0], row, by: called.isEmpty ? .birthYear : .phone) }
            if same.count > 1 {
                fault(row, .name, "personAmbiguous", ["name": name])
                return nil
            }
            let untold = alike.contains { $0.isSeen && (birthYear == nil || $0.birthYear == nil) }
            if untold { warn(row, .name, "nameThere", ["name": name]) }
            return .new
        }

        /// Somebody who is there, on one line only however they are named.
        private mutating func place(_ one: Known.One, _ row: Reading, by column: Column) -> Item.Subject? {
            if let found = twins.place(one.id, row, by: column) {
                fault(found, one.name)
                return nil
            }
            return .known(one.id)
        }

        private mutating func settle(_ row: Reading, _ item: Item) {
            guard case .known(let person) = item.subject else {
                plan.items.append(item)
                return
            }
            let offices = known.offices.filter {
                $0.person == person && $0.role == item.role && $0.organisation == item.organisation
                    && $0.territory == item.territory
            }
            if offices.contains(where: { $0.from == item.from && $0.until == item.until }) {
                plan.unchanged += 1
                return
            }
            // Without days in the file an office that is held is the one meant.
            let isUndated = header.cell(.from, row.cells).isEmpty && header.cell(.until, row.cells).isEmpty
            let wanted = Period(from: item.from, until: item.until)
            let held = offices.first { office in
                guard let term = Period(from: office.from, until: office.until), let wanted else { return false }
                return term.overlaps(wanted)
            }
            if held == nil {
                if person == known.actor {
                    fault(row, .name, "ownRole")
                } else {
                    plan.items.append(item)
                }
            } else if isUndated {
                plan.unchanged += 1
            } else {
                fault(row, header.columns[.from] == nil ? .until : .from, "otherTerm", ["name": item.name])
            }
        }
    }
}
