import Foundation
import Testing

@testable import Core

@Suite("Quantities and money")
struct QuantityTests {
    @Test(
        "Typed numbers are understood",
        arguments: [
            ("1.234,5", 1_234_500), ("92,5", 92_500), ("92.5", 92_500), ("1 234", 1_234_000),
            ("1\u{A0}234,25", 1_234_250),
            ("1.234", 1_234_000), ("0.125", 125), ("0,125", 125), ("1234.567", 1_234_567), ("100%", 100_000),
            ("92,5 %", 92_500),
            ("-3", -3_000), ("−0,5", -500), ("+7", 7_000), (" 12 ", 12_000), ("1.234.567", 1_234_567_000), ("0", 0),
            ("1,5000", 1_500), ("007", 7_000), ("9.223.372.036.854.775,807", .max), ("12.34", 12_340),
            ("1.2345000", nil),
        ] as [(String, Int64?)])
    func parsed(text: String, thousandths: Int64?) {
        #expect(Quantity.parse(text)?.thousandths == thousandths)
    }

    @Test(
        "What is no number is refused",
        arguments: [
            "", " ", "%", "-", "abc", "1,2,3", "1.23.456", "12.3456", "1,", ",5", ".5", "5.", "1.234.5", "1 23",
            "1 234.567",
            "1.234 567", "1,234.5", "0,1234", "--1", "1e5", "9.223.372.036.854.775,808", "99999999999999999999", "٣",
            "0.1.2",
            "1,234,567", "5 % %", "1%2", "0.1234",
        ])
    func refused(text: String) {
        #expect(Quantity.parse(text) == nil)
    }

    @Test(
        "Numbers are printed as each language writes them",
        arguments: [
            (1_234_500, "1.234,5", "1,234.5"), (92_500, "92,5", "92.5"), (0, "0", "0"), (-500, "-0,5", "-0.5"),
            (1_000_000_000, "1.000.000", "1,000,000"), (125, "0,125", "0.125"), (-1_234_050, "-1.234,05", "-1,234.05"),
            (.min, "-9.223.372.036.854.775,808", "-9,223,372,036,854,775.808"),
        ] as [(Int64, String, String)])
    func printed(thousandths: Int64, vietnamese: String, english: String) {
        let quantity = Quantity(thousandths: thousandths)
        #expect(quantity.text(in: .vi) == vietnamese)
        #expect(quantity.text(in: .en) == english)
        if thousandths != .min { #expect(Quantity.parse(vietnamese) == quantity) }
    }

    @Test(
        "Shares are rounded half up to one decimal",
        arguments: [
            (149, 161, 92_500), (163, 214, 76_200), (158, 214, 73_800), (1, 3, 33_300), (2, 3, 66_700), (1, 2000, 100),
            (1, 2001, 0), (0, 5, 0), (7, 5, 140_000), (1, 8, 12_500), (5, 0, nil), (-1, 5, nil), (.max, 1, nil),
            (.max, .max, 100_000),
        ] as [(Int, Int, Int64?)])
    func percent(part: Int, whole: Int, thousandths: Int64?) {
        #expect(Quantity.percent(part, of: whole)?.thousandths == thousandths)
    }

    @Test("A share that only shows as the threshold does not reach it")
    func thresholds() throws {
        let half = try #require(Quantity(50))
        #expect(Quantity.percent(4_996, of: 10_000) == half)
        #expect(!half.isReached(by: 4_996, of: 10_000))
        #expect(half.isReached(by: 107, of: 214) && !half.isExceeded(by: 107, of: 214))
        #expect(half.isExceeded(by: 108, of: 214))
        #expect(!half.isReached(by: 0, of: 0))
        let twoThirds = try #require(Quantity.parse("66,667"))
        #expect(!twoThirds.isReached(by: 142, of: 214) && twoThirds.isReached(by: 143, of: 214))
    }

    @Test("Sums say when they overflow")
    func sums() throws {
        let most = Quantity(thousandths: .max)
        #expect(most.adding(Quantity(thousandths: 1)) == nil)
        #expect(Quantity(thousandths: .min).subtracting(Quantity(thousandths: 1)) == nil)
        #expect(Quantity.zero.adding(most) == most && most.subtracting(most) == .zero)
        #expect(Quantity(.max) == nil && Quantity(5)?.thousandths == 5_000)
        #expect(Quantity(thousandths: 1) < most)
    }

    @Test(
        "Amounts are understood",
        arguments: [
            ("1.234.567", 1_234_567), ("1234567", 1_234_567), ("1 234 567", 1_234_567), ("1,234,567", 1_234_567),
            ("1.234.567 ₫", 1_234_567), ("270.000đ", 270_000), ("270.000 đồng", 270_000), ("270,000 VND", 270_000),
            ("270.000 VNĐ", 270_000), ("-5.000", -5_000), ("0", 0), ("9.223.372.036.854.775.807", .max),
            ("1,234", 1_234),
            ("", nil), ("đ", nil), ("1,5", nil), ("1.5", nil), ("1.234,5", nil), ("1,234.567", nil), ("5 triệu", nil),
            ("9.223.372.036.854.775.808", nil), ("1.234.567,00", nil), ("1.2345.678", nil),
        ] as [(String, Int64?)])
    func money(text: String, dong: Int64?) {
        #expect(Money.parse(text)?.dong == dong)
    }

    @Test("The road of the demonstration closes to the đồng")
    func road() {
        let parts = [230_000_000, 60_000_000, 112_500_000, 20_000_000, 39_960_000].map { Money(dong: $0) }
        #expect(Money.sum(parts) == Money(dong: 462_460_000))
        #expect(Money.sum([Money(dong: .max), Money(dong: 1)]) == nil)
        #expect(Money(dong: 462_460_000).text(in: .vi) == "462.460.000\u{A0}₫")
        #expect(Money(dong: -1_500).text(in: .en) == "-1,500\u{A0}₫")
        #expect(Money.parse(Money(dong: 462_460_000).text(in: .vi)) == Money(dong: 462_460_000))
    }

    @Test("Both are coded as integers")
    func coded() throws {
        let data = try JSONEncoder().encode([Quantity(thousandths: 92_500)])
        #expect(String(decoding: data, as: UTF8.self) == "[92500]")
        let money = try JSONDecoder().decode([Money].self, from: Data("[1500]".utf8))
        #expect(money == [Money(dong: 1_500)])
    }
}
