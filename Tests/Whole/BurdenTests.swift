import App
import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Criteria
@testable import Home
@testable import Recognition

/// The meter itself: what it counts and what not, and who reads it. That one recognition stays below ten values, six
/// pictures and forty-five minutes is asked of the whole story, in `JourneyThreeBurden.swift`; here of its
/// self-assessment, on the criteria of the demonstration, whose other figures the offices fill in.
@Suite("The burden of one recognition", .databases) struct BurdenTests {
    private static func criteria() throws -> String {
        try String(contentsOfFile: "\(Checkout.root)/Demonstration/criteria.yaml", encoding: .utf8)
    }

    private struct Begun: Sendable {
        let dossier: ID
        let set: CriteriaSet
    }

    /// A dossier in which the offices have filled in what they hold.
    private func begin(_ site: TestSite) async throws -> Begun {
        let yaml = try Self.criteria()
        return try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try CriteriaStore.addPublished(yaml, for: Place.lamDong.id, tx)
                let set = try CriteriaStore.set(id, tx)
                let area = Recognition.Deed(
                    person: Member.yaThuong.id, organisation: Member.yaThuong.plan.body.id, at: tx.now)
                let dossier = try RecognitionStore.register(
                    Recognition.Registration(
                        area: Place.thongXanh.id, year: 2026, title: "outstanding", level: .province,
                        areaClass: "rural",
                        criteriaSet: id), area, tx)
                let office = Recognition.Deed(
                    person: Member.nguyenThiMaiLoan.id, organisation: Member.nguyenThiMaiLoan.plan.body.id, at: tx.now)
                for indicator in set.indicators where !Self.isArea(indicator) {
                    _ = try RecognitionStore.save(
                        Recognition.NewValue(code: indicator.code, value: Self.good(indicator), note: nil),
                        dossier: dossier, over: 0, office, tx)
                }
                return Begun(dossier: dossier, set: set)
            })
    }

    private static func isArea(_ indicator: Criteria.Indicator) -> Bool {
        (indicator.supplier?.source ?? .area) == .area
    }

    private static func good(_ indicator: Criteria.Indicator) -> Criteria.Value {
        switch indicator.kind {
        case .yesNo: .yes(true)
        case .grade(let choices): .grade(choices.last?.code ?? "")
        case .percentage: .quantity(Quantity(thousandths: 100_000))
        default: .quantity(Quantity(thousandths: 5_000))
        }
    }

    private static func typed(_ indicator: Criteria.Indicator) -> String {
        switch good(indicator) {
        case .yes: "yes"
        case .grade(let code): code
        case .quantity(let quantity): quantity.text(in: .vi)
        case .notApplicable: "na"
        }
    }

    private static let picture = Array(
        Data(
            base64Encoded: """
                UklGRkgAAABXRUJQVlA4IDwAAAAwAwCdASpAACAAPtForlGoJiQipAgBABoJZwDScAs+/lc4AP7qZf+WZwr7l//xvH+S7+3fZTjaPSQAAAA=
                """) ?? Data())

    @Test(arguments: TestEngine.all) func tenValuesSixPicturesFortyFiveMinutes(on engine: TestEngine) async throws {
        let clock = TestClock(try #require(Day(iso: "2026-08-20")))
        let site = try await TestSite(engine, clock: clock)
        let begun = try await begin(site)
        let own = begun.set.indicators.filter(Self.isArea)
        let yaThuong = try await site.signIn(.yaThuong)
        // How long each takes is told from its page and from what is typed, never from what the criteria reckon with:
        // the set's own minutes would prove themselves.
        var pace = Pace()
        for (index, indicator) in own.enumerated() {
            let path = "/dossiers/\(begun.dossier)/values/\(indicator.code)"
            let value = try await yaThuong.open(path).expectStatus(200)
            let typed = ["value": Self.typed(indicator)]
            clock.advance(by: .seconds(pace.seconds(reading: value, typing: typed)))
            try await yaThuong.send(value.form("/values/\(indicator.code)").filled(typed)).expectStatus(200)
            guard index < HomeBurden.most.pictures else { continue }
            let upload = try await yaThuong.open("\(path)/evidence/new?secret=no")
            clock.advance(by: .seconds(pace.seconds(reading: upload, pictures: 1)))
            let form = try upload.form("/evidence").attaching("picture", file: "\(index).webp", Self.picture)
            try await yaThuong.send(form).expectStatus(200)
        }
        let page = try await yaThuong.open("/dossiers/\(begun.dossier)/assessment").expectStatus(200)
        clock.advance(by: .seconds(pace.seconds(reading: page)))
        try await yaThuong.press("/hand-in", on: page).expectStatus(200)

        let burden = try await site.database.read { reader in
            try HomeBurdenStore.burdens(
                under: Place.thongXanh.id, in: HomeMonth(of: clock.now.day), reader)[Place.thongXanh.id] ?? HomeBurden()
        }
        #expect(burden.values == own.count && burden.values <= HomeBurden.most.values, "\(burden)")
        #expect(burden.pictures == HomeBurden.most.pictures)
        #expect(burden.minutes > 10 && burden.minutes <= HomeBurden.most.minutes, "\(burden)")
        #expect(burden.unmeasured == 0 && burden.forms == own.count + HomeBurden.most.pictures + 1)

        // The steering office and the commune have the month's figure on their first page, with the way to the rest.
        let place = burden.minutes
        for (member, unit) in [(Member.tranQuocLan, Place.lamDong), (.kaHuong, .donDuong)] {
            let home = try await site.signIn(member).open("/").expectStatus(200)
            #expect(
                home.says("Công sức nhập liệu tháng 8/2026") && home.links.contains("/burden?under=\(unit.id)"),
                "\(member)")
            #expect(home.says("\(place) phút đo được, mức giữa các khu dân cư"), "\(home.text)")
            try await site.signIn(member).open("/burden?under=\(unit.id)").expectStatus(200)
        }
        #expect(try await !site.signIn(.luongThiNgocBich).open("/").says("Công sức nhập liệu tháng"))

        // The area reads it of itself, its commune of its areas, the steering office of its communes; nobody else.
        let account = try await yaThuong.open("/account").expectStatus(200)
        #expect(account.says("\(burden.values) số liệu, 6 ảnh, \(burden.minutes) phút đo được"))
        let area = try await yaThuong.open("/burden").expectStatus(200)
        #expect(area.body.contains("<aside class=\"trace\">") && area.body.contains("crispEdges"), "a print's foot")
        #expect(area.says("số liệu khu dân cư tự nhập") && area.says("\(burden.minutes)"))
        let commune = try await site.signIn(.kaHuong).open("/burden").expectStatus(200)
        #expect(commune.says("Thông Xanh") && !commune.text.contains("Ya Thương"))
        let told = try await site.signIn(.tranQuocLan).json("/burden").expectStatus(200)
        #expect(!told.body.contains("\(Member.yaThuong.id)") && told.body.contains("\"minutes\":\(burden.minutes)"))
        try await site.signIn(.haLieng).open("/burden?under=\(Place.thongXanh.id)").expectStatus(404)
        try await site.signIn(.luongThiNgocBich).open("/burden").expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func aPageLeftLyingIsTenMinutesAndTwoTabsAreNotTwice(on engine: TestEngine)
        async throws
    {
        let clock = TestClock(try #require(Day(iso: "2026-08-20")))
        let site = try await TestSite(engine, clock: clock)
        let begun = try await begin(site)
        let codes = begun.set.indicators.filter(Self.isArea).prefix(3).map { $0 }
        let yaThuong = try await site.signIn(.yaThuong)
        func open(_ indicator: Criteria.Indicator) async throws -> PageForm {
            try await yaThuong.open("/dossiers/\(begun.dossier)/values/\(indicator.code)").form(
                "/values/\(indicator.code)"
            )
            .filled(["value": Self.typed(indicator)])
        }
        let (one, two) = (try await open(codes[0]), try await open(codes[1]))
        clock.advance(by: .minutes(4))
        try await yaThuong.send(one).expectStatus(200)
        clock.advance(by: .minutes(1))
        try await yaThuong.send(two).expectStatus(200)
        // Four minutes and the one after it, not four and five.
        func seconds() async throws -> Int {
            try await site.database.read { reader in
                try HomeBurdenStore.burdens(under: Place.thongXanh.id, in: HomeMonth(of: clock.now.day), reader)[
                    Place.thongXanh.id]?.seconds ?? 0
            }
        }
        #expect(try await seconds() == 300)
        let third = try await open(codes[2])
        clock.advance(by: .hours(5))
        try await yaThuong.send(third).expectStatus(200)
        #expect(try await seconds() == 900)
        // What another program sends is counted, and said not to be measured.
        let path = "/dossiers/\(begun.dossier)/values/\(codes[2].code)"
        let sent = try await yaThuong.json(path, sending: #"{"value": "\#(Self.typed(codes[2]))", "version": 1}"#)
        #expect(sent.status < 300)
        let all = try await site.database.read { reader in
            try HomeBurdenStore.burdens(under: Place.donDuong.id, in: HomeMonth(of: clock.now.day), reader)[
                Place.thongXanh.id] ?? HomeBurden()
        }
        #expect(all.unmeasured == 1 && all.seconds == 900 && all.values == 3)
    }

    /// Home asks about whole communes in equal steps and of no more areas than it may.
    @Test func homeAsksOfABoundedPart() {
        func chosen(_ areas: [Int]) -> [Int] { HomeBurdenMark.chosen(areas, most: 300) }
        #expect(chosen([]) == [])
        #expect(chosen([26, 30, 12]) == [0, 1, 2])
        #expect(chosen([500]) == [0], "one commune is always asked whole")
        let province = chosen(Array(repeating: 30, count: 100))
        #expect(province == stride(from: 0, to: 100, by: 10).map { $0 })
        let country = chosen(Array(repeating: 30, count: 3_334))
        #expect(country.count <= 10 && (country.last ?? 0) > 2_500)
    }
}
