import Core
import TestKit
import Testing
@testable import People

@Suite("People: rules") struct PeopleRuleTests {
    @Test(
        arguments: [
            ("ngan", PeoplePasswordRule.Fault.tooShort), ("1234567", .tooShort),
            (String(repeating: "dài ", count: 90), .tooLong),
            ("00000000", .sameDigits), ("12121212", .sameDigits), ("12345678", .sameDigits), ("98765432", .sameDigits),
            ("890123456", .sameDigits), ("12341234", .sameDigits),
            ("matkhau123", .common), ("Mật khẩu 2026", .common), ("password1!", .common), ("qwerty12345", .common),
            ("donduong2026", .common), ("02091945", .common), ("aaaaaaaa", .common), ("P@ssword", nil),
            ("yathuong", .likeName), ("Ya Thương 58", .likeName), ("thuong1968", .likeName), ("gnouhtay1", .likeName),
            ("ban do cu ky", nil), ("sông chảy dưới cầu gỗ", nil), ("k7 mua hong", nil), ("84629175", nil),
        ] as [(String, PeoplePasswordRule.Fault?)])
    func aPasswordIsJudged(_ password: String, _ fault: PeoplePasswordRule.Fault?) {
        #expect(PeoplePasswordRule.fault(password, name: "Ya Thương", signInName: "yathuong") == fault, "\(password)")
    }

    @Test func noMixtureOfSignsIsAskedFor() {
        #expect(PeoplePasswordRule.fault("bốn từ rời rạc", name: "Ka Hương", signInName: "kahuong") == nil)
        #expect(PeoplePasswordRule.fault(String(repeating: "a b", count: 22), name: "", signInName: "") == nil)
    }

    @Test(
        arguments: [
            ("Ya Thương", "yathuong"), ("ya.thuong", "yathuong"), ("  YATHUONG ", "yathuong"), ("K'Đoan", "kdoan"),
            ("Kră Jăn Ha Biên", "krajanhabien"), ("0912 345 678", "0912345678"), ("ab", nil), ("", nil), ("  ", nil),
            (String(repeating: "a", count: 61), nil),
        ] as [(String, String?)])
    func aSignInNameIsTheSameHoweverTyped(_ typed: String, _ kept: String?) {
        #expect(PeopleSignInName(typed)?.text == kept)
    }

    @Test func aTakenNameGetsANumber() {
        let name = PeopleSignInName("Ka Hương")
        #expect(name?.numbered(1).text == "kahuong")
        #expect(name?.numbered(2).text == "kahuong2")
    }

    @Test(
        arguments: [
            ("/people", "/people"), ("/areas/1?q=%C4%91", "/areas/1?q=%C4%91"), (nil, "/"), ("", "/"),
            ("//other.example", "/"), ("https://other.example", "/"), ("/\\other.example", "/"), ("people", "/"),
            ("/a\r\nSet-Cookie: x", "/"), ("/đơn", "/"), ("/" + String(repeating: "a", count: 2_001), "/"),
        ] as [(String?, String)])
    func onlyPathsOfThisSiteAreGoneOnTo(_ typed: String?, _ path: String) {
        #expect(PeopleNext.local(typed, else: "/") == path)
    }

    @Test func aSlipCodeIsSpelledWithoutDoubt() {
        var seen: Set<String> = []
        for seed in 1...200 {
            let code = PeopleSlipCode(.repeating(from: UInt64(seed)))
            #expect(code.text.count == 11)
            #expect(code.text.allSatisfy { !"01ILOU".contains($0) })
            #expect(PeopleSlipCode(typed: code.text) == code)
            #expect(PeopleSlipCode(typed: " \(code.text.lowercased().replacing("-", with: " ")) ") == code)
            seen.insert(code.text)
        }
        #expect(seen.count == 200)
        #expect(PeopleSlipCode(typed: "K7P4M-2XQ9") == nil)
        #expect(PeopleSlipCode(typed: "K7P4M-2XQ9H1") == nil)
        #expect(PeopleSlipCode(typed: "O7P4M-2XQ9H") == nil)
    }

    @Test func aBrokenSourceOfChanceDoesNotHang() {
        #expect(PeopleSlipCode(SecretSource { Array(repeating: 255, count: $0) }).text.count == 11)
    }

    @Test(arguments: [
        (false, 29, true), (false, 30, false), (true, 30 * 24 * 60 - 1, true), (true, 30 * 24 * 60, false),
    ])
    func aSessionEndsByIdleness(_ isOwn: Bool, _ minutes: Int, _ isAlive: Bool) {
        let start = Instant(milliseconds: 0)
        let term = PeopleSessionTerm.term(isOwnDevice: isOwn)
        let now = start + .minutes(minutes)
        #expect(term.isAlive(lastSeen: start, expires: start + PeopleSessionTerm.absolute, now: now) == isAlive)
    }

    @Test func noSessionOutlivesNinetyDays() {
        let start = Instant(milliseconds: 0)
        let end = start + PeopleSessionTerm.absolute
        #expect(!PeopleSessionTerm.own.isAlive(lastSeen: end - .minutes(1), expires: end, now: end))
    }

    @Test(arguments: [
        (
            "Mozilla/5.0 (Linux; Android 8.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Mobile Safari/537.36",
            "chrome.android"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/100.0 Chrome/94 Safari/537.36",
            "coccoc.windows"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) Version/15.0 Mobile/15E148 Safari/604.1",
            "safari.iphone"
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "firefox.linux"),
        ("curl/7.88.1", "program.other"), ("", "other.other"),
    ])
    func aBrowserIsKnownByFamilyAndKind(_ agent: String, _ text: String) {
        #expect(PeopleDevice(agent: agent).text == text)
        #expect(PeopleDevice(text: text).text == text)
    }

    @Test func theWholeOfWhatABrowserSaysIsNotKept() {
        #expect(PeopleDevice(agent: "Chrome/90 (serial 12345; android)").text == "chrome.android")
        #expect(PeopleDevice(text: "nonsense").text == "other.other")
    }
}

@Suite("People: guessing") struct PeopleThrottleTests {
    private let start = Instant(milliseconds: 1_793_840_400_000)

    /// Guesses as fast as allowed for so long; answers how many were allowed in the worst window.
    private func mostWithinWindow(_ limit: PeopleThrottle, every step: Duration, steps: Int) -> Int {
        var counted: [Instant: Int] = [:]
        var allowed: [Instant] = []
        var now = start
        for _ in 0..<steps {
            if limit.waitUntil(counted.map { (slot: $0.key, count: $0.value) }, now: now) == nil {
                counted[limit.slot(of: now), default: 0] += 1
                allowed.append(now)
            }
            now = now + step
        }
        return allowed.indices.map { first in
            allowed[first...].prefix { $0 < allowed[first] + limit.window }.count
        }.max() ?? 0
    }

    @Test func tenGuessesInAnyQuarterOfAnHour() {
        #expect(mostWithinWindow(.account, every: .seconds(7), steps: 2_000) == 10)
        #expect(mostWithinWindow(.account, every: .seconds(61), steps: 500) == 10)
    }

    @Test func aHundredGuessesInAnyHour() {
        #expect(mostWithinWindow(.source, every: .seconds(5), steps: 4_000) == 100)
    }

    @Test func itIsSaidWhenThereAreMore() {
        let limit = PeopleThrottle.account
        let full = [(slot: limit.slot(of: start), count: 10)]
        guard let free = limit.waitUntil(full, now: start) else {
            Issue.record("ten guesses were not enough")
            return
        }
        #expect(free > start + .minutes(15))
        #expect(free <= start + .minutes(17))
        #expect(limit.waitUntil(full, now: free) == nil)
        #expect(limit.waitUntil(full, now: free - .seconds(1)) != nil)
    }

    @Test func nothingLocksForGood() {
        let limit = PeopleThrottle.account
        let full = [(slot: limit.slot(of: start), count: 10_000)]
        #expect(limit.waitUntil(full, now: start + .minutes(17)) == nil)
    }

    @Test(arguments: [
        ("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8::1", "2001:db8:0:0::"),
        ("::1", "0:0:0:0::"), ("fe80::1%eth0", "fe80:0:0:0::"), ("2001:0DB8:0001::9", "2001:db8:1:0::"),
    ])
    func aWholeIPv6NetworkCountsAsOne(_ address: String, _ bucket: String) {
        #expect(PeopleSource.bucket(address) == bucket)
    }
}

@Suite("People: whose account") struct PeopleRoleTermTests {
    private let today = TestClock.today
    private let person = ID(high: 1, low: 1)
    private let other = ID(high: 1, low: 2)
    private let commune = ID(high: 2, low: 1)
    private let area = ID(high: 2, low: 2)

    private func actor(_ role: Role, at territory: ID) -> Actor {
        let grant = Grant(
            id: ID(high: 3, low: 1), version: 1, role: role, organisation: territory, territory: territory,
            term: Period(from: today))
        return Actor(person: person, name: "Ka Hương", grants: [grant])
    }

    private func refusal(_ actor: Actor, _ roles: [(role: Role, territory: ID)], of who: ID) -> String? {
        PeopleRoleTerm.refusalToManage(roles, of: who, by: actor, capability: .manageAccounts, today: today)?.key
    }

    @Test func anOfficerLooksAfterTheAreasBelow() {
        #expect(refusal(actor(.cultureOfficer, at: commune), [(.areaHead, area)], of: other) == nil)
    }

    @Test func anOfficerDoesNotTakeOverTheAdministratorBesideThem() {
        let officer = actor(.cultureOfficer, at: commune)
        #expect(refusal(officer, [(.administrator, commune)], of: other) == "people.refusal.higherRole")
        #expect(refusal(officer, [(.communeFrontChair, commune)], of: other) == "people.refusal.higherRole")
        #expect(refusal(officer, [(.member, commune)], of: other) == nil)
        #expect(refusal(officer, [(.cultureOfficer, commune)], of: other) == nil)
    }

    @Test func whoGivesOfficesHandsOverTheFirstSlipAndNoLaterOne() {
        let administrator = actor(.administrator, at: commune)
        func refusal(_ actor: Actor, isUnopened: Bool) -> String? {
            PeopleRoleTerm.refusalToManage(
                [(.communeFrontChair, commune)], of: other, isUnopened: isUnopened, by: actor,
                capability: .manageAccounts, today: today)?.key
        }
        #expect(refusal(administrator, isUnopened: true) == nil)
        #expect(refusal(administrator, isUnopened: false) == "people.refusal.higherRole")
        #expect(refusal(actor(.cultureOfficer, at: commune), isUnopened: true) == "people.refusal.higherRole")
    }

    @Test func nobodyDoesItForThemselves() {
        #expect(refusal(actor(.administrator, at: commune), [], of: person) == "people.refusal.ownAccount")
    }

    @Test(
        arguments: [
            ("2026-11-10", nil, nil), ("2026-11-10", "2026-11-10", "people.refusal.termUntil"),
            ("2009-12-31", nil, "people.refusal.termFrom"), ("2036-11-11", nil, "people.refusal.termFrom"),
            ("2026-11-10", "2036-11-11", "people.refusal.termTooLong"), ("2024-01-01", "2029-01-01", nil),
        ] as [(String, String?, String?)])
    func aTermIsJudged(_ from: String, _ until: String?, _ key: String?) throws {
        let refusal = PeopleRoleTerm.refusal(
            from: try #require(Day(iso: from)), until: until.flatMap { Day(iso: $0) }, today: today)
        #expect(refusal?.key == key)
    }

    @Test(
        arguments: [
            ("2026-11-10", nil, PeopleRoleTerm.State.held), ("2026-11-11", nil, .coming),
            ("2026-01-01", "2026-11-10", .ended), ("2026-01-01", "2026-11-11", .held),
            ("2026-12-01", "2026-12-01", .ended),
        ] as [(String, String?, PeopleRoleTerm.State)])
    func aRoleStandsInItsTerm(_ from: String, _ until: String?, _ state: PeopleRoleTerm.State) throws {
        let from = try #require(Day(iso: from))
        #expect(PeopleRoleTerm.State(from: from, until: until.flatMap { Day(iso: $0) }, today: today) == state)
    }
}
