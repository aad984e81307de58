import Core
import Foundation
import TestKit
import Testing

@Suite("zdump", .databases) struct ZDump {
    @Test func dump() async throws {
        let site = try await TestSite(.sqlite)
        let begun = try await PortalScene.begin(site.database)
        func put(_ name: String, _ shown: Shown) throws {
            try shown.body.write(toFile: "/tmp/hp/pages/\(name).html", atomically: true, encoding: .utf8)
        }
        for m in [Member.damThiNhung, .kaHuong, .maiSuongDem, .doThiHanh, .nguyenHuuTam, .luongThiNgocBich] {
            try put("home-\(m)", try await site.signIn(m).open("/"))
        }
        try put("home-rows", try await site.signIn(.maiSuongDem).open("/overview?late=yes"))
        try await PortalScene.issue(begun, site.database)
        for (n, p) in [("portal", "/portal"), ("areas", "/portal/areas"), ("area", "/portal/areas/\(Place.thongXanh.id)"), ("area-none", "/portal/areas/\(Place.suoiMay.id)"), ("set", "/portal/criteria/KDC-CONG"), ("sets", "/portal/criteria"), ("decision", "/portal/decisions/\(begun.decision)"), ("about", "/portal/about")] {
            try put(n, try await site.visitor().open(p))
        }
    }
}
