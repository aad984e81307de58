import Core
import Testing

@testable import Practices

/// What may be told of a practice, as tables of cases.
@Suite("Practices: rules") struct PracticesRulesTests {
    @Test func noHouseholdIsNamed() {
        for text in [
            "Hộ ông Nguyễn góp đất.", "Đặt trước nhà bà Lan.", "gia đình anh Ya cho mượn sân", "HỘ BÀ K'Đơn",
            "mượn sân hộ bác Tư", "tại nhà cô Hoa", "Gia đình chú K'Brèm đi đầu", "NHÀ CỤ LAN",
        ] { #expect(PracticeRules.fault(in: text) == "practices.refusal.household", "\(text)") }
        // All together are nobody in particular, and words that only begin alike are none of these.
        for text in [
            "Tổ đi từng nhà. Bà Hoa, tổ trưởng, ghi lại.", "đến từng hộ, anh Nam ghi",
            "Đến từng nhà bà con vận động.", "các hộ anh em cùng làm", "phân công từng nhà cụ thể",
            "hộ cô đơn được giúp",
            "Các hộ chú ý phân loại rác.", "Nhà văn hóa thôn.",
        ] { #expect(PracticeRules.fault(in: text) == nil, "\(text)") }
        for text in [
            "Một hộ cho mượn sân.", "Các hộ trong tổ cùng làm.", "Nhà văn hóa mở cửa.",
            "Tổ hộ gia đình, bà con cùng làm",
            "Họ bàn ba buổi.",
        ] { #expect(PracticeRules.fault(in: text) == nil, "\(text)") }
    }

    @Test func noSumPerHousehold() {
        for text in [
            "Mỗi hộ góp 500.000 đồng.", "mỗi nhà 2 triệu", "Góp 300 nghìn đồng/hộ.",
            "Thu một lần. Mỗi hộ đóng 200 nghìn.",
        ] { #expect(PracticeRules.fault(in: text) == "practices.refusal.sumPerHousehold", "\(text)") }
        for text in [
            "Nhân dân góp 30 triệu đồng.", "Mỗi hộ một buổi. Tổng cộng 12 triệu đồng.", "Mỗi hộ góp hai ngày công.",
        ] { #expect(PracticeRules.fault(in: text) == nil, "\(text)") }
    }

    @Test func noPrivateNumberStandsInIt() {
        #expect(PracticeRules.fault(in: "Gọi 0912 345 678") == "practices.refusal.privateNumber")
        #expect(PracticeRules.fault(in: "Căn cước 068090001234") == "practices.refusal.privateNumber")
        #expect(PracticeRules.fault(in: "Tổng 1.200.000.000 đồng, 42 cột, ngày 18/8/2026") == nil)
    }

    @Test func costsAreNotNegativeAndHaveASource() throws {
        func fields(_ cost: Int64?, _ sources: String?) -> [String] {
            let text = PracticeText(
                name: "Bể gom", story: "Đặt bể.", sources: sources, cost: cost.map { Money(dong: $0) }, labourDays: nil,
                weeks: nil)
            return text.refusal?.all.compactMap(\.field) ?? []
        }
        #expect(fields(nil, nil) == [] && fields(0, nil) == [] && fields(1, "xã") == [])
        #expect(fields(-1, "xã") == ["cost"] && fields(5, nil) == ["sources"])
    }

    @Test func followingAndLooking() throws {
        let (here, there) = (ID(high: 1, low: 1), ID(high: 1, low: 2))
        let today = try #require(Day(iso: "2026-11-10"))
        func follow(_ to: ID, _ days: Int, _ text: String = "x") -> [String] {
            PracticeRules.refusalToFollow(
                from: here, to: to, since: today.adding(days: days), today: today, texts: [("changed", text)])?.all
                .compactMap(\.field) ?? []
        }
        #expect(follow(there, 0) == [] && follow(here, 0) == ["place"] && follow(there, 1) == ["since"])
        #expect(follow(here, 1, "nhà ông Ba") == ["place", "since", "changed"])
        func look(_ days: Int, _ isAlive: Bool, _ words: String?) -> [String] {
            PracticeRules.refusalToLook(on: today.adding(days: days), isAlive: isAlive, words: words, today: today)?.all
                .compactMap(\.field) ?? []
        }
        #expect(look(0, true, nil) == [] && look(1, true, nil) == ["day"] && look(0, false, nil) == ["words"])
        #expect(look(-400, false, "Hết người trông.") == [])
    }
}
