import Core
import Criteria
import Database
import Organisation
import TestKit
import Testing

@testable import Recognition

@Suite("Regions of dossiers") struct RecognitionRegionRulesTests {
    private static let set: CriteriaSet = {
        var set = RecognitionSamples.set
        set.regions = [Criteria.Choice("highlands", "Tây Nguyên"), Criteria.Choice("upland", "Vùng cao")]
        set.titles[0].pass.marks = [Criteria.PassMark(region: "highlands", 300)]
        return set
    }()

    @Test(
        arguments: [
            ("highlands", "highlands"), ("Tây Nguyên", "highlands"), ("tay nguyen", "highlands"),
            ("vùng cao", "upland"), ("redRiver", nil), ("", nil), (nil, nil),
        ] as [(String?, String?)])
    func itIsFoundByCodeOrByName(_ recorded: String?, _ code: String?) {
        #expect(Recognition.Region.code(of: recorded, in: Self.set) == code)
        #expect((Recognition.Region.refusal(recorded, for: "model", in: Self.set) == nil) == (code != nil))
    }

    @Test func whereNothingDiffersByRegionNobodyIsAsked() {
        #expect(Recognition.Region.refusal(nil, for: "model", in: RecognitionSamples.set) == nil)
    }
}

/// One indicator asks for more in one region than in another; the profile says where the area lies.
@Suite("Thresholds by region, over HTTP", .databases) struct RecognitionRegionStoryTests {
    private static let criteria = Scene.criteria
        .replacing(
            "maximum: 100\n",
            with: """
                maximum: 100
                regions:
                  - highlands: Tây Nguyên
                  - mekong: Đồng bằng sông Cửu Long

                """
        )
        .replacing(
            "thresholds: {outstanding: 70, model: 90}",
            with: "thresholds: [{region: highlands, value: 70}, {region: mekong, value: 90}]")

    @Test(arguments: TestEngine.all)
    func theProfilesRegionIsFrozenAndDecides(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-03-28"))))
        try await Scene.begin(site.database, criteria: Self.criteria)
        let yaThuong = try await site.signIn(.yaThuong)
        let place = Place.thongXanh.id
        let form = try await yaThuong.open("/areas/\(place)/dossiers/new").form("/dossiers")
        let refused = try await yaThuong.send(form.filled(["title": "model"])).expectStatus(422)
        #expect(refused.says("chưa ghi vùng kinh tế") && refused.says("Tây Nguyên, Đồng bằng sông Cửu Long"))

        let numbers = try await yaThuong.open("/areas/\(place)/profile/numbers").form("/profile/numbers")
        let profile = try await yaThuong.send(
            numbers.filled(["year": "2026", "households": "214", "people": "858", "region": "highlands"])
        ).expectStatus(200)
        #expect(profile.says("Tây Nguyên"))
        let registered = try await yaThuong.send(form.filled(["title": "model"])).expectStatus(200)
        let dossier = String(registered.path.dropLast("/assessment".count))

        // 73.8 of a hundred: enough in the highlands, not in the delta.
        let page = try await yaThuong.open("\(dossier)/values/III.3").expectStatus(200)
        #expect(page.says("158/214"), "the hint says that a pair can be typed")
        let saved = try await yaThuong.send(page.form("/values/III.3").filled(["value": "158/214"])).expectStatus(200)
        #expect(saved.says("73,8 % (158/214)"), "\(saved.text)")
        #expect(saved.statuses == ["done Đạt, 20 điểm"], "\(saved.statuses)")
        #expect(try saved.form("/values/III.3").values["value"] == "158/214", "as it was typed")

        // What is typed wrong stays in the field.
        let wrong = try await yaThuong.send(saved.form("/values/III.3").filled(["value": "214/158"])).expectStatus(422)
        #expect(wrong.says("214 lớn hơn 158"))
        #expect(try wrong.form("/values/III.3").values["value"] == "214/158")

        // The area is put into another region afterwards: the dossier keeps what it began with.
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE area SET region = 'mekong' WHERE territory_id = \(place)")
            return Receipt()
        }
        let id = try #require(ID(dossier.dropFirst("/dossiers/".count)))
        let read = try await site.database.read { reader in
            try RecognitionStore.dossier(id, seenBy: Scene.sight(.yaThuong), reader)
        }
        #expect(read.region == "highlands" && read.aim.region == "highlands")
        #expect(try await yaThuong.open("\(dossier)/values/III.3").says("Đạt"))
    }

    /// Registered under a version without regions, moved to one with them: it is asked what a dossier registered today
    /// would be; where nobody has said the region, it stays.
    @Test(arguments: TestEngine.all)
    func aMoveFreezesTheRegionThatTheOldVersionDidNotAskFor(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let first = try await Scene.begin(site.database)
        let (dossier, second) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try Scene.register(first, tx)
                let second = try CriteriaStore.addPublished(
                    Self.criteria.replacing("version: 1", with: "version: 2"), for: Place.lamDong.id, tx)
                #expect(try Walk.now(dossier, tx).region == nil)
                return (dossier, second)
            })
        let kaHuong = try await site.signIn(.kaHuong)
        let path = "/criteria/\(second)/move/\(dossier)"
        let stays = try await kaHuong.open(path).expectStatus(200)
        #expect(stays.says("chưa ghi vùng kinh tế"), "\(stays.text)")
        #expect(try await kaHuong.json(path, sending: #"{"seen": "x", "reason": "x"}"#).status == 409)

        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE area SET region = 'highlands' WHERE territory_id = \(Place.thongXanh.id)")
            return Receipt()
        }
        let shown = try await kaHuong.open(path).expectStatus(200)
        #expect(shown.says("70") && !shown.says("chưa ghi vùng kinh tế"), "\(shown.text)")
        try await kaHuong.send(shown.form("/move/\(dossier)").filled(["reason": "Theo bộ mới"])).expectStatus(200)
        let now = try await site.database.read { try Walk.now(dossier, $0) }
        #expect(now.criteriaSet == second && now.region == "highlands")
    }
}
