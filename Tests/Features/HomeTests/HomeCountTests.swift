import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Whom a ballot's count waits for, and what the area's other years were.
@Suite("Home: a count that waits", .databases) struct HomeCountTests {
    /// Thông Xanh with its slips out.
    private func posted(_ engine: TestEngine) async throws -> TestSite {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        try await HomeScene.post(begun.thongXanh, site.database)
        return site
    }

    @Test(arguments: TestEngine.all) func everyCounterHasACardAndTheHeadKnowsWhoTheyAre(on engine: TestEngine)
        async throws
    {
        let site = try await posted(engine)
        // Until the last day of the posting is over nobody is asked to count, whatever came back before.
        #expect(try await !site.signIn(.kDoan).open("/").says("Nhập kết quả kiểm phiếu"))
        #expect(
            try await site.signIn(.yaThuong).open("/").says("Niêm yết đến hết ngày 16/11/2026; sau đó mới kiểm phiếu."))
        site.clock.move(to: try #require(Day(iso: "2026-11-17")))
        for member in [Member.kDoan, .tranThiLua] {
            let home = try await site.signIn(member).open("/").expectStatus(200)
            #expect(home.says("Nhập kết quả kiểm phiếu của thôn Thông Xanh"), "\(member)")
            #expect(home.says("người sau không thấy số người trước"))
        }
        let head = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(!head.says("Nhập kết quả kiểm phiếu"), "who wrote the self-assessment does not count")
        #expect(head.says("Phiếu đã phát, chưa ai nhập kết quả kiểm phiếu."))
        let answer = try await site.signIn(.yaThuong).json("/").expectStatus(200)
        let duty = try #require((answer.jsonObject["duties"] as? [[String: Any]])?.first)
        let named = try #require(duty["named"] as? String).components(separatedBy: ", ")
        #expect(duty["step"] as? String == "open" && head.says("nhập: \(named.joined(separator: ", "))."))
        #expect(named.contains("K'Đoan") && named.contains("Trần Thị Lụa") && !named.contains("Ya Thương"))

        try await HomeScene.count(satisfied: 40, by: .kDoan, site.database)
        let once = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(once.says("Đã có một lần nhập kết quả kiểm phiếu. Lần thứ hai chờ:"))
        #expect(once.says("Trần Thị Lụa") && !once.says("K'Đoan"))
        #expect(try await !site.signIn(.kDoan).open("/").says("Nhập kết quả kiểm phiếu"))

        try await HomeScene.count(satisfied: 41, by: .tranThiLua, site.database)
        let differing = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(differing.says("Hai lần nhập kết quả kiểm phiếu khác nhau. Chờ sửa: K'Đoan, Trần Thị Lụa."))
        #expect(try await site.signIn(.kDoan).open("/").says("Hai lần nhập khác nhau ở"))

        try await HomeScene.count(satisfied: 41, by: .kDoan, site.database)
        let fixed = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(fixed.says("Đã có kết quả lấy phiếu và đã hết hạn niêm yết."))
        #expect(try await !site.signIn(.kDoan).open("/").says("Nhập kết quả kiểm phiếu"))
    }

    @Test(arguments: TestEngine.all) func otherYearsAreOneTapAway(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        let first = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(first.says("Thôn mình năm nay") && !first.says("Hồ sơ khác"))
        site.clock.move(to: try #require(Day(iso: "2027-01-05")))
        let later = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(later.says("Năm 2027, thôn Thông Xanh (minh họa) chưa đăng ký danh hiệu nào."))
        #expect(later.says("Hồ sơ khác") && later.says("2026: Xã đang kiểm tra hồ sơ khu dân cư kiểu mẫu"))
        #expect(later.links.contains("/dossiers/\(begun.thongXanh)"))
    }

    /// "Thôn Thông Xanh" alone, or at the head of it, tells nobody what is asked of them.
    @Test func everyCardBeginsWithWhatIsToBeDone() throws {
        let features = URL(filePath: TestSite.checkout + "/Sources/Features")
        var titles: [String: String] = [:]
        func walk(_ value: Any, _ path: String) {
            guard let object = value as? [String: Any] else { return }
            let isCard = path.hasPrefix("home.duty.") || path.contains(".waiting") && object["verb"] != nil
            if isCard, let title = object["title"] as? String { titles[path] = title }
            for (key, inner) in object { walk(inner, path.isEmpty ? key : "\(path).\(key)") }
        }
        for feature in try FileManager.default.contentsOfDirectory(atPath: features.path()) {
            for language in ["vi", "en"] {
                let file = features.appending(path: "\(feature)/Words/\(language).json")
                walk(try JSONSerialization.jsonObject(with: Data(contentsOf: file)), "")
                // Of what home itself leaves to others nothing is known here.
                titles["home.duty.other"] = nil
                for (path, title) in titles {
                    #expect(!title.hasPrefix("{"), "\(language) \(path): \(title)")
                    #expect(!title.contains("khu dân cư {"), "what kind it is comes with its name: \(path)")
                }
            }
        }
        #expect(titles.count > 40, "the control: cards were found")
    }
}
