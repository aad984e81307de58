import Core
import Criteria
import Documents
import Testing

@testable import Offices

/// "12.345" is twelve thousand to one reader and twelve to another: it is asked about and not guessed.
@Suite("Offices: thousands or decimals") struct OfficesThousandsTests {
    /// As `OfficesSaveRoutes` hands a number of the file on.
    static func fromFile(_ shown: String) -> String {
        OfficesSaveRoutes.cells(
            of: SheetRow(
                sheet: "", number: 1, cells: [shown], decimals: shown.split(separator: ".").last?.count == 3 ? [0] : [])
        )[0]
    }

    private static let count = Criteria.Indicator(
        "I.3", Criteria.Name("Hộ", en: "Households"), kind: .number, unit: .household, comparison: .atLeast,
        thresholds: [])

    /// What is read, in thousandths; nil for a refusal with the words about thousands; `other` for another refusal.
    private enum Wanted: Sendable, Equatable {
        case read(Int64)
        case asked
        case other
    }

    private func found(_ typed: String, _ indicator: Criteria.Indicator, isPasted: Bool) -> Wanted {
        do {
            guard case .quantity(let quantity)? = try Offices.Typed.read(typed, for: indicator, isPasted: isPasted)
            else {
                return .other
            }
            return .read(quantity.thousandths)
        } catch {
            let asked = ["thousands", "onlyThousands", "onlyDecimal"].map { "offices.cell.\($0)" }
            return asked.contains(error.key) ? .asked : .other
        }
    }

    @Test func eachKindOfColumnTakesWhatCanMeanOneThingOnly() {
        let cases: [(typed: String, indicator: Criteria.Indicator, pasted: Wanted, typedByHand: Wanted)] = [
            // A percentage: thousands are none of it, so the comma is decimal; the point is asked about.
            ("95.123", Ground.percent, .asked, .asked), ("95,123", Ground.percent, .read(95_123), .read(95_123)),
            ("95.123 %", Ground.percent, .asked, .asked), ("95.12", Ground.percent, .read(95_120), .read(95_120)),
            ("100.000", Ground.percent, .asked, .asked), ("912.345", Ground.percent, .other, .other),
            // A whole count: the point parts thousands; the comma can only be the English one.
            ("12.345", Self.count, .read(12_345_000), .read(12_345_000)), ("12,345", Self.count, .asked, .asked),
            ("12,000", Self.count, .asked, .read(12_000)),
            ("1.234.567", Self.count, .read(1_234_567_000), .read(1_234_567_000)),
            ("12345", Self.count, .read(12_345_000), .read(12_345_000)),
            // A ratio can be both.
            ("12.345", Ground.ratio, .asked, .asked), ("12,345", Ground.ratio, .asked, .read(12_345)),
            ("-1.125", Ground.ratio, .other, .other), ("0.125", Ground.ratio, .read(125), .read(125)),
            ("0,125", Ground.ratio, .read(125), .read(125)), ("1,1250", Ground.ratio, .read(1_125), .read(1_125)),
            ("1.12", Ground.ratio, .read(1_120), .read(1_120)),
            ("1234.567", Ground.ratio, .read(1_234_567), .read(1_234_567)),
            ("1.234,5", Ground.ratio, .read(1_234_500), .read(1_234_500)),
        ]
        for one in cases {
            #expect(
                found(one.typed, one.indicator, isPasted: true) == one.pasted,
                "pasted \(one.typed) \(one.indicator.code)")
            #expect(
                found(one.typed, one.indicator, isPasted: false) == one.typedByHand,
                "typed \(one.typed) \(one.indicator.code)")
        }
    }

    @Test func theWordsSayBothReadingsAndHowToWriteIt() {
        let cases: [(typed: String, arguments: [String: String])] = [
            ("12.345", ["value": "12.345", "thousands": "12345", "decimal": "12,345", "short": "12,35"]),
            ("12,000", ["value": "12,000", "thousands": "12000", "decimal": "12", "short": "12"]),
        ]
        for one in cases {
            #expect(throws: Refusal(.invalid, "offices.cell.thousands", one.arguments)) {
                try Offices.Typed.read(one.typed, for: Ground.ratio, isPasted: true)
            }
        }
    }

    @Test func whereOneReadingIsNoneOnlyTheOtherIsToldToBeWritten() {
        let cases: [(typed: String, indicator: Criteria.Indicator, key: String)] = [
            ("95.123", Ground.percent, "offices.cell.onlyDecimal"),
            ("12,345", Self.count, "offices.cell.onlyThousands"),
            ("12.345", Ground.ratio, "offices.cell.thousands"),
        ]
        for one in cases {
            do {
                _ = try Offices.Typed.read(one.typed, for: one.indicator, isPasted: true)
                Issue.record("\(one.typed) was taken")
            } catch { #expect(error.key == one.key, "\(one.typed)") }
        }
    }

    @Test func aNumberOfTheFileIsWhatItIs() throws {
        #expect(
            Self.fromFile("1.125") == "1,1250" && Self.fromFile("1.5") == "1.5" && Self.fromFile("12345") == "12345")
        for (shown, thousandths) in [("1.125", 1_125), ("12.345", 12_345), ("-0.5", -500)] as [(String, Int64)]
        where thousandths > 0 {
            #expect(found(Self.fromFile(shown), Ground.ratio, isPasted: true) == .read(thousandths))
        }
    }

    @Test func whatStandsThereAlreadyIsNoQuestion() throws {
        let held = [Ground.cell(0, "I.1"): Ground.number(1_125)]
        let paste = try Ground.paste("Khu\tI.1\nThông Xanh\t1,125\nHòa An\t1,126\n5\t1,2", held: held)
        #expect(paste.lines.map { $0.cells[0].standing } == [.same, .fault, .new])
        #expect(paste.lines[1].cells[0].fault?.key == "offices.cell.thousands")
        #expect(paste.changes([:], on: Ground.ground(held: held)).map(\.cell) == [Ground.cell(2, "I.1")])
    }
}
