import Core
import Database
import Foundation
import HTTPTypes
import TestKit
import Testing
import Web

/// The rules that protect people (docs/people.md), where they are about the whole product and not one feature.
@Suite("Rules that protect people", .databases) struct PeopleRuleTests {
    // Rule 4: ethnicity and religion are no field of any person or household; nor is what a body or a belief is.
    private static let unwanted = [
        "ethnic", "nationality", "race", "tribe", "minority", "peoples", "dan_toc", "religio", "faith", "belief",
        "creed", "church", "parish", "worship", "ton_giao", "caste", "political", "party_member", "is_member", "health",
        "illness", "disability", "disabled_person", "disease", "pregnan", "sexual", "blood",
    ]

    private static func columns(_ database: Database) async throws -> [String] {
        try await database.read { reader in
            switch database.engine.kind {
            case .sqlite:
                try reader.rows(
                    """
                    SELECT m.name || '.' || c.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                    WHERE m.type = 'table' ORDER BY m.name, c.cid
                    """
                ).map { try $0.text("name") }
            case .postgres:
                try reader.rows(
                    """
                    SELECT CAST(table_name || '.' || column_name AS TEXT) AS name FROM information_schema.columns
                    WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position
                    """
                ).map { try $0.text("name") }
            }
        }
    }

    private static func offending(_ columns: [String]) -> [String] {
        columns.filter { column in
            let name = column.split(separator: ".").last.map { $0.lowercased() } ?? ""
            return unwanted.contains { name.contains($0) }
        }
    }

    @Test(arguments: TestEngine.all) func rule4NoColumnIsForPeoplesOrBelief(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .product, fresh: true)
        let columns = try await Self.columns(test.database)
        #expect(columns.contains("person.name") && columns.contains("area.households") && columns.count > 150)
        #expect(Self.offending(columns) == [])
        // A schema that had one would be found.
        try await test.database.maintenance(reason: .test) {
            try $0.run("ALTER TABLE person ADD COLUMN ethnic_group TEXT")
            try $0.run("CREATE TABLE household_note (id BIGINT, ton_giao TEXT)")
        }
        #expect(
            try await Self.offending(Self.columns(test.database)) == ["household_note.ton_giao", "person.ethnic_group"])
    }

    // Rule 16: every page of a demonstration says so.
    private static let mark = "Dữ liệu minh họa"

    /// Every page that can be opened by anybody, as everybody: one person for each set of roles.
    private func pages(
        _ site: TestSite, _ visit: (_ who: String, _ path: String, _ shown: Shown) throws -> Void
    ) async throws {
        let subjects = try await site.database.read(Subjects.init)
        let people = try await site.database.read { reader in
            try reader.rows(
                """
                SELECT r.role, min(p.name) AS name FROM role_assignment r JOIN person p ON p.id = r.person_id
                JOIN account a ON a.person_id = p.id GROUP BY r.role ORDER BY r.role
                """
            ).map { try $0.text("name") }
        }
        try #require(people.count >= 12)
        var browsers: [(String, Browser)] = [("nobody", site.visitor())]
        for name in Set(people).sorted() {
            let id = try await site.database.read { try $0.one("SELECT id FROM person WHERE name = \(name)").id("id") }
            browsers.append((name, try await site.signIn(id)))
        }
        for route in site.site.routes where route.method == .get {
            let path = subjects.path(route.path)
            for (who, browser) in browsers {
                let shown = try await browser.copy().request(.get, path)
                if shown.isPage { try visit(who, path, shown) }
            }
        }
    }

    @Test func rule16EveryPageOfADemonstrationSaysSo() async throws {
        let site = try await TestSite(.sqlite, .demonstration, settings: SiteSettings(isDemonstration: true))
        var count = 0
        var statuses: Set<Int> = []
        try await pages(site) { who, path, shown in
            count += 1
            statuses.insert(shown.status)
            #expect(shown.says(Self.mark), "\(path) as \(who) (\(shown.status)) does not say it")
        }
        #expect(count > 500 && statuses.isSuperset(of: [200, 403, 404]), "\(count) pages: \(statuses)")
        let english = try await site.visitor().open("/language/en?back=/portal").expectStatus(200)
        #expect(english.says("Demonstration data All persons named are invented.") && !english.says(Self.mark))
    }

    @Test func rule16AnOfficeDoesNotSaySo() async throws {
        // The same look at an office finds pages without it, so it can fail.
        let site = try await TestSite(.sqlite)
        let shown = try await site.signIn(.kaHuong).open("/account").expectStatus(200)
        #expect(!shown.says(Self.mark))
    }

    // Rule 14: no page hints at who is a Party member. Offices of the Party are public; membership is not.
    private static let hints = ["chi bộ", "đảng", "party", "cell"]

    @Test func rule14NoPageHintsAtMembership() async throws {
        let site = try await TestSite(.sqlite, .demonstration, settings: SiteSettings(isDemonstration: true))
        let members = try await site.database.read { reader in
            try reader.rows(
                """
                SELECT p.name FROM person p JOIN role_assignment r ON r.person_id = p.id WHERE r.role = 'member'
                AND NOT EXISTS (SELECT 1 FROM role_assignment o WHERE o.person_id = p.id AND o.role <> 'member')
                """
            ).map { try $0.text("name") }
        }
        try #require(!members.isEmpty)
        var named = 0
        try await pages(site) { who, path, shown in
            guard !members.contains(who) else { return }
            for member in members where shown.says(member) {
                named += 1
                for line in Self.lines(of: shown, naming: member) {
                    let hint = Self.hints.first { line.lowercased().contains($0) }
                    #expect(hint == nil, "\(path) as \(who) hints at \(member): \(line)")
                }
            }
        }
        #expect(named > 0, "somebody does see them, so that the look can fail")
        // An area's page names its offices, and none of those whose only account is a member's.
        let (area, head) = try await site.database.read { reader in
            (
                try reader.one("SELECT territory_id FROM role_assignment WHERE role = 'member' ORDER BY id LIMIT 1")
                    .id("territory_id"), try reader.one("SELECT id FROM person WHERE name = 'Ya Thương'").id("id")
            )
        }
        let told = try await site.signIn(head).open("/areas/\(area)").expectStatus(200)
        #expect(told.says("Ya Thương") && !members.contains { told.says($0) })
        // Their own record, which an officer for accounts may open, and the role's page, which everybody may.
        let person = try await site.database.read {
            try $0.one("SELECT id FROM person WHERE name = \(members[0])").id("id")
        }
        let kaHuong = try await site.database.read {
            try $0.one("SELECT id FROM person WHERE name = 'Ka Hương'").id("id")
        }
        let officer = try await site.signIn(kaHuong)
        let record = try await officer.open("/people/\(person)")
        if record.status == 200 {
            for hint in Self.hints { #expect(!Self.main(record).lowercased().contains(hint), "\(hint)") }
        }
        let answer = try await officer.json("/people/\(person)")
        if answer.status == 200 { #expect(!answer.text.lowercased().contains("chi bộ")) }
        let role = try await site.visitor().open("/roles/member").expectStatus(200)
        for hint in Self.hints { #expect(!Self.main(role).lowercased().contains(hint), "\(hint): \(Self.main(role))") }
    }

    @Test func rule14TheLookSeesAHint() {
        let page = "<main><ul><li>Trần A · Chi bộ thôn</li><li>Lê B, Trưởng thôn</li></ul></main>"
        #expect(Self.lines(of: page, naming: "Trần A") == ["Trần A · Chi bộ thôn"])
        #expect(Self.lines(of: page, naming: "Lê B") == ["Lê B, Trưởng thôn"])
    }

    /// The lines, rows and paragraphs that name somebody.
    private static func lines(of shown: Shown, naming name: String) -> [String] { lines(of: shown.body, naming: name) }

    private static func lines(of page: String, naming name: String) -> [String] {
        guard let main = page.range(of: "<main").map({ page[$0.lowerBound...] }) else { return [] }
        var pieces = [String(main)]
        for opening in ["<li", "<tr", "<article", "<section", "<p", "<h1", "<dd", "<dt", "</main"] {
            pieces = pieces.flatMap { $0.components(separatedBy: opening) }
        }
        return pieces.map(text).filter { $0.contains(name) }
    }

    private static func main(_ shown: Shown) -> String {
        let body = shown.body
        guard let start = body.range(of: "<main"), let end = body.range(of: "</main>") else { return body }
        return text(String(body[start.lowerBound..<end.lowerBound]))
    }

    /// What stands between the tags; the rest of a tag that was cut off at its name is dropped.
    private static func text(_ piece: String) -> String {
        var piece = Substring(piece)
        if let close = piece.firstIndex(of: ">"), !piece[..<close].contains("<") { piece = piece[close...].dropFirst() }
        var out = ""
        var isTag = false
        for letter in piece {
            if letter == "<" {
                isTag = true
            } else if letter == ">" {
                isTag = false; out += " "
            } else if !isTag {
                out.append(letter)
            }
        }
        return out.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing(" ,", with: ",")
    }
}
