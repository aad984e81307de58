import Core
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Organisation
import TestKit
import Testing
@testable import People
@testable import Web

/// A small country on one engine: a province, two communes with two areas each, their organisations, and people.
/// Đồng Thông is invented; whatever goes wrong happens there.
struct PeopleTown: Sendable {
    static let migrations = DatabaseSchema.migrations + OrganisationSchema.migrations + PeopleSchema.migrations
    static let passwords = PeoplePasswords(cost: 6)
    static let password = "bốn từ rời rạc"
    /// What the telephones of those who must have one know.
    static let secret = Array("kieumau test secret!".utf8)

    let test: TestDatabase
    let province: ID
    let commune: ID
    let area: ID
    let secondArea: ID
    let otherCommune: ID
    let otherArea: ID
    /// By territory.
    let organisations: [ID: ID]

    var database: Database { test.database }
    var clock: TestClock { test.clock }

    init(_ engine: TestEngine) async throws {
        test = try await TestDatabase(engine, PeopleTown.migrations)
        let ids = test.world.ids
        let (province, commune, area, second) = (ids.next(), ids.next(), ids.next(), ids.next())
        let (otherCommune, otherArea) = (ids.next(), ids.next())
        let territories: [NewTerritory] = [
            NewTerritory(id: province, .province, "Lâm Đồng", parent: nil),
            NewTerritory(id: commune, .commune, "Đồng Thông", parent: province),
            NewTerritory(id: area, .thon, "Gia Hòa", parent: commune),
            NewTerritory(id: second, .thon, "Dã Quỳ", parent: commune),
            NewTerritory(id: otherCommune, .commune, "D'Ran", parent: province),
            NewTerritory(id: otherArea, .thon, "Hòa Bình", parent: otherCommune),
        ]
        let organisations = Dictionary(uniqueKeysWithValues: territories.map { ($0.id, ids.next()) })
        try await test.database.unattended(.seed) { tx in
            for territory in territories {
                try OrganisationStore.addTerritory(territory, tx)
                guard let body = organisations[territory.id] else { continue }
                try OrganisationStore.addOrganisation(
                    NewOrganisation(id: body, .frontCommittee, "Mặt trận \(territory.name)", territory: territory.id),
                    tx)
            }
            return Receipt()
        }
        self.province = province
        self.commune = commune
        self.area = area
        secondArea = second
        self.otherCommune = otherCommune
        self.otherArea = otherArea
        self.organisations = organisations
    }

    /// A person with a role and an account whose password is known.
    @discardableResult
    func add(
        _ name: String, _ role: Role? = nil, at territory: ID? = nil, from: String = "2026-01-01",
        until: String? = nil, password: String? = PeopleTown.password, secondStep: Bool = true
    ) async throws -> ID {
        let organisations = organisations
        return try await database.unattended(
            .seed,
            giving: { tx in
                let person = tx.ids.next()
                try PeopleStore.addPerson(person, name: name, isInvented: true, tx)
                let hash = try password.map {
                    try PeopleTown.passwords.hash($0, salt: Array("0123456789abcdef".utf8))
                }
                try PeopleStore.addAccount(person: person, passwordHash: hash, tx)
                if let role, PeopleStore.needsSecondStep(role), secondStep {
                    try PeopleStore.addSecondStep(
                        PeopleTown.secret, of: person, sealedBy: TestSite.seal, now: tx.now, tx)
                }
                if let role, let territory, let body = organisations[territory] {
                    try PeopleStore.addRole(
                        tx.ids.next(), person: person, role: role, organisation: body, territory: territory,
                        from: try #require(Day(iso: from)), until: until.flatMap { Day(iso: $0) }, tx)
                }
                return person
            })
    }

    func site(
        isSecure: Bool = false, seal: PeopleSeal = TestSite.seal, moveDay: @escaping @Sendable (Day) -> Void = { _ in }
    ) throws -> Site {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let database = database
        return Site(
            features: [
                PeopleFeature.feature(
                    world: test.world, passwords: PeopleTown.passwords, address: "https://kieumau.example",
                    seal: seal, moveDay: moveDay)
            ], database: database, assets: try PeopleTown.assets(root),
            settings: SiteSettings(isSecure: isSecure, isDemonstration: false), log: .silent,
            sessionLookup: PeopleSessions(database).lookup)
    }

    private static func assets(_ root: String) throws -> Assets { try Assets(root: root) }

    /// Runs a story with browsers.
    func visit(
        isSecure: Bool = false, seal: PeopleSeal = TestSite.seal,
        moveDay: @escaping @Sendable (Day) -> Void = { _ in },
        _ story: @escaping @Sendable (PeopleDoorway) async throws -> Void
    ) async throws {
        let app = Application(
            router: try site(isSecure: isSecure, seal: seal, moveDay: moveDay).router(), logger: .silent)
        let clock = clock
        try await app.test(.router) { client in try await story(PeopleDoorway(client: client, clock: clock)) }
    }
}

/// Where browsers come from.
struct PeopleDoorway: Sendable {
    let client: any TestClientProtocol
    let clock: TestClock

    /// - Parameter source: the address its requests come from, as a proxy says it; nil for this machine.
    func browser(from source: String? = nil) -> PeopleBrowser { PeopleBrowser(client, source, clock) }
}

/// A browser with its cookies, which fills in forms as it finds them.
final class PeopleBrowser {
    struct Answer {
        let status: Int
        let location: String?
        let text: String
        let cookies: [String]
    }

    private let client: any TestClientProtocol
    private let source: String?
    private let clock: TestClock
    private(set) var cookies: [String: String] = [:]
    var agent = "Mozilla/5.0 (Linux; Android 8.1) Chrome/90.0 Mobile"

    init(_ client: any TestClientProtocol, _ source: String?, _ clock: TestClock) {
        self.client = client
        self.clock = clock
        self.source = source
    }

    var session: String? { cookies["kieumau"] }

    func put(_ name: String, _ value: String?) { cookies[name] = value }

    func get(_ path: String) async throws -> Answer { try await send(path, .get, body: nil) }

    /// Opens the page that holds the form, then sends it.
    func send(_ path: String, from page: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let form = try await get(page)
        var all = fields
        for name in ["csrf", "operation"] {
            let mark = "name=\"\(name)\" value=\""
            guard let start = form.text.range(of: mark) else { continue }
            all[name] = String(form.text[start.upperBound...].prefix { $0 != "\"" })
        }
        return try await post(path, all)
    }

    func post(_ path: String, _ fields: [String: String]) async throws -> Answer {
        let body = fields.map { "\(PeopleAddress.escaped($0.key))=\(PeopleAddress.escaped($0.value))" }
            .joined(separator: "&")
        return try await send(path, .post, body: body)
    }

    func signIn(
        _ name: String, _ password: String = PeopleTown.password, own: Bool = false, passingStep: Bool = true
    ) async throws -> Answer {
        var fields = ["name": name, "password": password]
        if own { fields["ownDevice"] = "on" }
        let answer = try await send("/sign-in", from: "/sign-in", fields)
        guard answer.location == "/sign-in/code", passingStep else { return answer }
        // A code counts once, so the telephone is looked at again half a minute later.
        clock.advance(by: .seconds(30))
        return try await giveCode()
    }

    /// The code that the telephone shows now.
    func giveCode(_ typed: String? = nil) async throws -> Answer {
        let now = PeopleTOTP(secret: PeopleTown.secret).code(step: PeopleTOTP.step(at: clock.now))
        return try await send("/sign-in/code", from: "/sign-in/code", ["code": typed ?? String(format: "%06d", now)])
    }

    private func send(_ path: String, _ method: HTTPRequest.Method, body: String?) async throws -> Answer {
        var headers: HTTPFields = [.userAgent: agent]
        if let source { headers[HTTPField.Name("X-Forwarded-For")!] = source }
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ")
        }
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        let lines = response.headers[values: .setCookie]
        for line in lines { take(line) }
        return Answer(
            status: response.status.code, location: response.headers[.location],
            text: String(buffer: response.body), cookies: lines)
    }

    private func take(_ line: String) {
        let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
    }
}
