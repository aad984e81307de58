import App
import Core
import Database
import Foundation
import People
import TestKit
import Testing

/// The country's page of the meter: no figures of its own, the provinces to go on to, and nobody's else.
@Suite("The burden, from the whole country", .databases) struct BurdenCountryTests {
    @Test(arguments: TestEngine.all) func theCountryLeadsToItsProvinces(on engine: TestEngine) async throws {
        let clock = TestClock(try #require(Day(iso: "2026-08-20")))
        let site = try await TestSite(engine, clock: clock)
        let address = "/burden?under=\(Place.country.id)"
        // The province's steering office does not see the country's.
        try await site.signIn(.tranQuocLan).open(address).expectStatus(404)
        try await site.database.unattended(.seed) { tx in
            try PeopleStore.addRole(
                tx.ids.next(), person: Member.tranQuocLan.id, role: .steeringOffice,
                organisation: Member.tranQuocLan.plan.body.id, territory: Place.country.id, from: tx.now.day, tx)
            return Receipt()
        }
        let tranQuocLan = try await site.signIn(.tranQuocLan)
        let page = try await tranQuocLan.open(address).expectStatus(200)
        #expect(page.first("h1")?.contains("Việt Nam") == true && page.first("h1")?.contains("8/2026") == true)
        let province = "/burden?under=\(Place.lamDong.id)&month=2026-08"
        #expect(page.links.contains(province), "\(page.links)")
        #expect(page.says("Lâm Đồng") && !page.text.contains("Đơn Dương"), "provinces and nothing below")
        #expect(page.first("table") == nil, "no figure of the middle area of a country")
        #expect(page.first("h2") == "Từng tỉnh, thành phố" && page.says("Cả nước không có mức chung"))
        // The province of that month, and the month before of the country.
        let below = try await tranQuocLan.open(province).expectStatus(200)
        #expect(below.says("Đơn Dương"))
        #expect(below.first("h2") == "Từng xã" && below.says("Mức giữa các khu dân cư của mỗi xã."))
        let commune = try await tranQuocLan.open("/burden?under=\(Place.donDuong.id)&month=2026-08").expectStatus(200)
        #expect(commune.first("h2") == "Từng khu dân cư" && commune.says("Các tháng gần đây"))
        let earlier = try #require(page.links.first { $0.contains("month=2026-07") })
        let july = try await tranQuocLan.open(earlier).expectStatus(200)
        #expect(july.links.contains("/burden?under=\(Place.lamDong.id)&month=2026-07"))
        try await tranQuocLan.open("\(address)&month=2026-09").expectStatus(404)

        let told = try await tranQuocLan.json(address).expectStatus(200)
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(told.body.utf8)) as? [String: Any])
        let provinces = try #require(answer["provinces"] as? [[String: Any]])
        #expect(provinces.contains { $0["name"] as? String == "Lâm Đồng" })
        #expect((answer["communes"] as? [Any])?.isEmpty == true && (answer["areas"] as? [Any])?.isEmpty == true)
        #expect((answer["months"] as? [Any])?.isEmpty == true)
    }
}
