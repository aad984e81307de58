import Core
import Database
import People
import TestKit
import Testing

/// One person with several offices: what waits in each of them stands on the one page.
@Suite("Home: several offices of one person", .databases) struct HomeOfficesTests {
    private static let check = "Kiểm tra hồ sơ khu dân cư kiểu mẫu của thôn Thông Xanh"

    /// The commune's chair is head of an area elsewhere too.
    private func give(_ member: Member, _ place: Place, until: Day? = nil, _ site: TestSite) async throws {
        _ = try await site.database.unattended(.seed) { tx in
            try PeopleStore.addRole(
                tx.ids.next(), person: member.id, role: .areaHead, organisation: Body.committeeOfDongThong.id,
                territory: place.id, from: Day(iso: "2026-01-01") ?? .first, until: until, tx)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func theDutiesOfBothStandOnOnePage(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        let alone = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(alone.says(Self.check) && !alone.says("Suối Mây"))
        #expect(alone.says("1 việc, chưa việc nào quá hạn"), "\(alone.text)")

        try await give(.kaHuong, .suoiMay, site)
        let both = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(both.says(Self.check) && both.links.contains("/dossiers/\(begun.thongXanh)/check"))
        #expect(both.says("Còn 2 ô chưa điền") && both.links.contains("/dossiers/\(begun.suoiMay)/assessment"))
        #expect(both.says("2 việc, trong đó 1 việc quá hạn"), "\(both.text)")
        let json = try await site.signIn(.kaHuong).json("/").expectStatus(200).jsonObject
        let duties = try #require(json["duties"] as? [[String: Any]])
        #expect(duties.count == 2)
        // Each is done in its own office: what the one may, the other does not.
        let kaHuong = try await site.signIn(.kaHuong)
        try await kaHuong.open("/dossiers/\(begun.suoiMay)/assessment").expectStatus(200)
        try await kaHuong.open("/dossiers/\(begun.thongXanh)/check").expectStatus(200)
        let foreign = try await kaHuong.json("/dossiers/\(begun.thongXanh)/values/I.1", sending: #"{"value": "3"}"#)
        #expect(foreign.status == 403)
        // Whoever holds only the one reads nothing of the other.
        #expect(try await !site.signIn(.damThiNhung).open("/").says(Self.check))
    }

    @Test(arguments: TestEngine.all) func anOfficeThatEndedHasNoDutiesAnyMore(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        try await give(.kaHuong, .suoiMay, until: site.clock.today, site)
        let after = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(after.says(Self.check) && !after.says("Còn 2 ô chưa điền"))
        #expect(!after.links.contains("/dossiers/\(begun.suoiMay)/assessment"))
    }
}
