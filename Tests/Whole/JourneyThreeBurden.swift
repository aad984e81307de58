import App
import Core
import Criteria
import Database
import Foundation
import Recognition
import Synchronization
import TestKit
import Testing

@testable import Home

/// How long somebody sits before a page, told from the page itself and from what they type: never from the minutes that
/// the criteria reckon with. A slow reader on an old phone: 240 syllables a minute (grown-ups read three hundred and more
/// to themselves), 60 letters a minute, 40 seconds for a picture, three for finding the button. Every sentence of the page is read, also the help; one that was read before
/// is known at a glance, half a second.
struct Pace {
    static let syllablesAMinute = 240.0
    static let lettersAMinute = 60.0
    static let glance = 0.5
    static let picture = 40.0
    static let button = 3.0

    private var known: Set<String> = []

    mutating func seconds(reading page: Shown, typing typed: [String: String] = [:], pictures: Int = 0) -> Int {
        var seconds = Self.button + Double(pictures) * Self.picture
        for sentence in Self.sentences(of: page) {
            let syllables = sentence.split(separator: " ").count
            seconds +=
                known.insert(sentence).inserted
                ? Double(syllables) * 60 / Self.syllablesAMinute : min(Self.glance, Double(syllables) * 0.3)
        }
        // A tick or a choice is one tap.
        seconds += Double(typed.values.map(\.count).reduce(0, +)) * 60 / Self.lettersAMinute
        return Int(seconds.rounded(.up))
    }

    /// What stands between the tags of the page's own part.
    private static func sentences(of page: Shown) -> [String] {
        let body = page.body
        guard let from = body.range(of: "<main"), let to = body.range(of: "</main>") else { return [page.text] }
        let main = String(body[from.lowerBound..<to.lowerBound])
        return main.replacing(/<(script|style)[^>]*>.*?<\/(script|style)>/.dotMatchesNewlines(), with: "")
            .split(separator: /<[^>]*>/).map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
    }
}

/// The paces of the people of a story, who read each for themselves.
final class Paces: Sendable {
    private let paces = Mutex<[Member: Pace]>([:])

    func seconds(
        of person: Member, reading page: Shown, typing typed: [String: String] = [:], pictures: Int = 0
    ) -> Int {
        paces.withLock {
            $0[person, default: Pace()].seconds(reading: page, typing: typed, pictures: pictures)
        }
    }
}

/// What Thông Xanh's recognition cost its people, by the product's own meter: everything they sent, from registration to
/// the decision. The meetings' own hours, the walking and the asking are not in it, and no figure of the criteria set is.
extension JourneyThreeTests {
    /// The person reads the page and types before the form goes off.
    func take(
        _ site: TestSite, _ page: Shown, _ typed: [String: String] = [:], pictures: Int = 0,
        by member: Member = .yaThuong
    ) {
        let seconds = paces.seconds(of: member, reading: page, typing: typed, pictures: pictures)
        site.clock.advance(by: .seconds(seconds))
    }

    /// Opens a page, fills its form in and sends it, in a person's time.
    @discardableResult
    func send(
        _ site: TestSite, _ person: Browser, _ path: String, _ action: String, _ typed: [String: String],
        by member: Member = .yaThuong
    ) async throws -> Shown {
        let page = try await person.open(path).expectStatus(200)
        let form = try page.form(action).filled(typed)
        take(site, page, typed, by: member)
        return try await person.send(form)
    }

    /// Presses a button of a page after reading it.
    @discardableResult
    func press(_ site: TestSite, _ person: Browser, _ action: String, on page: Shown) async throws -> Shown {
        take(site, page)
        return try await person.press(action, on: page)
    }

    private static let photograph = Array(
        Data(
            base64Encoded: """
                UklGRkgAAABXRUJQVlA4IDwAAAAwAwCdASpAACAAPtForlGoJiQipAgBABoJZwDScAs+/lc4AP7qZf+WZwr7l//xvH+S7+3fZTjaPSQAAAA=
                """) ?? Data())

    /// One picture beside an indicator, first asked whether it shows a secret.
    func photograph(_ site: TestSite, _ person: Browser, _ dossier: String, _ code: String) async throws {
        let page = try await person.open("\(dossier)/values/\(code)/evidence/new?secret=no").expectStatus(200)
        take(site, page, pictures: 1)
        let form = try page.form("/evidence").attaching("picture", file: "\(code).webp", Self.photograph)
        try await person.send(form).expectStatus(200)
    }

    /// Writes down one value on its page.
    func write(
        _ site: TestSite, _ person: Browser, _ dossier: String, _ code: String, _ value: String, note: String? = nil
    ) async throws {
        var typed = ["value": value]
        if let note { typed["note"] = note }
        try await send(site, person, "\(dossier)/values/\(code)", "/values/\(code)", typed).expectStatus(200)
    }

    func burden(_ site: TestSite, from first: String, until end: String) async throws -> HomeBurden {
        let (from, until) = (try day(first), try day(end))
        return try await site.database.read { reader in
            try HomeBurdenStore.burdens(under: Place.thongXanh.id, from: from, until: until, reader)[
                Place.thongXanh.id] ?? HomeBurden()
        }
    }

    /// The bar of one recognition: at most ten values, six pictures and forty-five minutes.
    func weigh(_ site: TestSite) async throws {
        let whole = try await burden(site, from: "2026-03-20", until: "2026-11-07")
        #expect(whole.isWithinMost, "\(whole.values) values, \(whole.pictures) pictures, \(whole.minutes) minutes")
        #expect(whole.values == 10 && whole.pictures == 6 && whole.unmeasured == 0, "\(whole)")
        // Everything was measured: nobody does thirty acts in ten minutes.
        #expect(whole.forms >= 30 && whole.minutes >= 20, "\(whole)")
        // The page of the month tells the same, and in words what is counted.
        let september = try await burden(site, from: "2026-09-01", until: "2026-10-01")
        let page = try await site.signIn(.yaThuong).open("/burden?month=2026-09").expectStatus(200)
        #expect(page.says("\(september.values)") && page.says("nhiều nhất 10 số liệu, 6 ảnh, 45 phút"))
        #expect(page.says("từ đăng ký đến quyết định"))
    }

    /// The same area, but no office is asked for anything, and every value wants its picture: each part of the bar is
    /// broken, so it can break.
    @Test(arguments: TestEngine.all) func aRecognitionWithoutTheOfficesIsAboveTheBar(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-03-20")))
        try await JourneyThreeWorld.begin(site.database)
        let head = try await site.signIn(.yaThuong)
        let registered = try await send(
            site, head, "\(area)/dossiers/new", "/dossiers", ["title": "model", "year": "2026"])
        registered.expectStatus(200)
        let dossier = String(registered.path.dropLast("/assessment".count))
        site.clock.move(to: try day("2026-09-10"))
        let again = try await site.signIn(.yaThuong)
        for (code, value) in JourneyThreeWorld.values.sorted(by: { $0.key < $1.key }) {
            try await write(site, again, dossier, code, value == "na" ? "100" : value)
        }
        for code in JourneyThreeWorld.values.keys.sorted() { try await photograph(site, again, dossier, code) }
        let found = try await burden(site, from: "2026-03-20", until: "2026-11-07")
        #expect(found.values == 27 && found.pictures == 27 && found.minutes > HomeBurden.most.minutes, "\(found)")
        #expect(!found.isWithinMost)
    }
}
