import Core
import Database
import Organisation
import People

/// Setting up a real office: its uppermost unit, its own organisation and its first administrator, and nothing else.
package struct OfficeSetUp: Sendable {
    /// Why it cannot be done, in the words of whoever runs the machine.
    package enum Fault: Error, Sendable, Equatable, CustomStringConvertible {
        case administrator
        case office
        case territory(String)
        case signIn(String)
        case demonstration
        case used(people: Int, territories: Int)
        /// Several of the first four, so that nobody types the command anew for each.
        case several([Fault])

        package var description: String {
            switch self {
            case .administrator: "Chưa có họ tên người quản trị đầu tiên (--administrator \"Ngô Tấn Phát\")."
            case .office: "Chưa có tên cơ quan vận hành (--office \"Văn phòng Đảng ủy xã …\")."
            case .territory(let typed):
                """
                Chưa rõ địa bàn cao nhất “\(typed)”. Ghi cả loại và tên, ví dụ --territory "tỉnh Lâm Đồng", \
                "xã Đơn Dương", "phường …", "đặc khu …", "thành phố Đà Nẵng".
                """
            case .signIn(let typed): "Tên đăng nhập “\(typed)” cần từ 3 đến 60 chữ hoặc số."
            case .several(let faults): faults.map(\.description).joined(separator: "\n")
            case .demonstration:
                "Cơ sở dữ liệu này là bản minh họa, không dùng cho cơ quan thật. Chọn thư mục khác với --data."
            case .used(let people, let territories):
                """
                Cơ sở dữ liệu đã có dữ liệu (\(people) người, \(territories) đơn vị) nên không thiết lập lại. Thêm người quản \
                trị: kieumau user add-administrator. Cơ quan khác: chọn thư mục khác với --data.
                """
            }
        }
    }

    /// What came of it, to be told at the terminal.
    package struct Result: Sendable {
        package let signInName: String
        package let code: PeopleSlipCode
    }

    let administrator: String
    let signIn: PeopleSignInName?
    let office: String
    let designation: Designation
    let territory: String

    /// - Parameters:
    ///   - administrator: full name.
    ///   - territory: with its kind before the name, as people write it.
    ///   - signIn: nil takes the name's letters.
    package init(administrator: String, office: String, territory: String, signIn: String? = nil) throws(Fault) {
        var faults: [Fault] = []
        let name = VietnameseText.tidied(administrator)
        if !OfficeSetUp.isName(name) { faults.append(.administrator) }
        let office = VietnameseText.tidied(office)
        if !OfficeSetUp.isName(office) { faults.append(.office) }
        let unit = OfficeSetUp.unit(territory)
        if unit == nil { faults.append(.territory(territory)) }
        let kept = signIn.flatMap { PeopleSignInName($0) }
        if let signIn, kept == nil { faults.append(.signIn(signIn)) }
        guard faults.isEmpty, let (designation, unit) = unit else {
            throw faults.count == 1 ? faults[0] : .several(faults)
        }
        self.signIn = kept
        self.administrator = name
        self.office = office
        self.designation = designation
        self.territory = unit
    }

    /// Of at most 200 letters, and of letters at all: digits alone are a slip of the pen.
    static func isName(_ typed: String) -> Bool {
        let name = VietnameseText.tidied(typed)
        return name.count <= 200 && name.contains(where: \.isLetter)
    }

    /// "tỉnh Lâm Đồng" is a province called Lâm Đồng. Nil where no kind stands before the name.
    static func unit(_ typed: String) -> (Designation, String)? {
        let kinds: [(words: Int, folded: String, designation: Designation)] = [
            (2, "thanh pho", .municipality), (2, "thi tran", .town), (2, "dac khu", .specialZone),
            (1, "tinh", .province), (1, "xa", .commune), (1, "phuong", .ward),
        ]
        let tidy = VietnameseText.tidied(typed)
        let folded = VietnameseText.folded(tidy)
        guard let kind = kinds.first(where: { folded.hasPrefix($0.folded + " ") }) else { return nil }
        let name = tidy.split(separator: " ").dropFirst(kind.words).joined(separator: " ")
        return name.isEmpty ? nil : (kind.designation, name)
    }

    /// Makes the schema and what stands in it first. Refused, with nothing changed, where something stands already.
    package func carryOut(_ database: Database, passwords: PeoplePasswords = PeoplePasswords()) async throws -> Result {
        try await refuseUsed(database)
        try await database.migrate(SchemaOrder.migrations)
        let code = PeopleSlipCode(database.world.secrets)
        let hash = try passwords.hash(code)
        let signInName = try await database.unattended(
            .commandLine,
            giving: { tx in
                try OfficeSetUp.refuseUsed(tx)
                let country = try OrganisationStore.addTerritory(
                    NewTerritory(id: tx.ids.next(), .country, "Việt Nam", parent: nil), tx)
                let unit = try OrganisationStore.addTerritory(
                    NewTerritory(id: tx.ids.next(), designation, territory, parent: country), tx)
                let body = try OrganisationStore.addOrganisation(
                    NewOrganisation(id: tx.ids.next(), .advisoryOffice, office, territory: unit), tx)
                let person = tx.ids.next()
                try PeopleStore.addPerson(person, name: administrator, tx)
                let name = try PeopleStore.addAccount(person: person, signInName: signIn?.text, tx)
                try PeopleStore.addRole(
                    tx.ids.next(), person: person, role: .administrator, organisation: body, territory: unit,
                    from: tx.now.day, tx)
                try PeopleStore.addSlip(tx.ids.next(), codeHash: hash, person: person, tx)
                tx.note("office", to: office)
                tx.note("administrator", to: name)
                return name
            })
        return Result(signInName: signInName, code: code)
    }

    /// Before the schema is touched: a database of an older program, or a demonstration, stays as it is.
    private func refuseUsed(_ database: Database) async throws {
        do {
            try await database.read { try OfficeSetUp.refuseUsed($0) }
        } catch let fault as Fault {
            throw fault
        } catch {
            // There are no tables yet.
        }
    }

    private static func refuseUsed(_ reader: any Reader) throws {
        if try reader.first("SELECT name FROM installation WHERE name IN ('demonstration', 'demonstration_day')") != nil
        {
            throw Fault.demonstration
        }
        let row = try reader.one(
            "SELECT (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM territory) AS territories")
        let (people, territories) = (try row.integer("people"), try row.integer("territories"))
        if people + territories > 0 { throw Fault.used(people: people, territories: territories) }
    }
}
