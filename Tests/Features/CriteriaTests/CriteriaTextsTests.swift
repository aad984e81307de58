import Core
import TestKit
import Testing
import Web

@testable import Criteria

/// What a set says, in both languages.
@Suite struct CriteriaTextsTests {
    private static let assets = Result { try Assets(root: Sample.root.path) }

    private func texts(_ language: Language = .vi) throws -> CriteriaTexts {
        CriteriaTexts(try #require(try Self.assets.get().words[language]))
    }

    @Test func everyWordOfTheFormatHasWords() throws {
        for language in Language.allCases {
            let words = try #require(try Self.assets.get().words[language])
            var keys: [String] = []
            for unit in Criteria.Measure.allCases where unit != .none && unit != .percent {
                keys += ["unit.\(unit.rawValue).one", "unit.\(unit.rawValue).many"]
            }
            keys += Criteria.Kind.words.map { "kind.\($0)" } + ["kind.ratioToBaselineDated"]
            keys += Criteria.Supplier.Source.allCases.map { "source.\($0.rawValue)" }
            keys += Criteria.Evidence.Form.allCases.map { "evidence.\($0.rawValue)" }
            keys += Criteria.Level.allCases.map { "level.\($0.rawValue)" }
            keys += CriteriaSet.Status.allCases.map { "status.\($0.rawValue)" }
            keys += CriteriaSet.Label.allCases.map { "label.\($0.rawValue)" }
            keys += CriteriaSet.Subject.allCases.map { "subject.\($0.rawValue)" }
            keys += Criteria.Change.Kind.allCases.map { "difference.\($0.rawValue)" }
            keys += Criteria.Procedure.Milestone.allCases.map { "milestone.\($0.rawValue)" }
            keys += Criteria.Procedure.Milestone.allCases.map { "field.\($0.rawValue)" }
            keys += ["working", "calendar"].flatMap { ["deadline.\($0).one", "deadline.\($0).many"] }
            keys += Criteria.Kind.words.map { "kindWord.\($0)" } + ["requiredWord.every", "requiredWord.mandatory"]
            keys += Criteria.Comparison.allCases.map { "compared.\($0)" }
            keys += Criteria.Loosening.allCases.map { "field.\($0.rawValue)" }
            for rule in Criteria.LooseRule.allCases {
                keys += rule.rawValue.split(separator: ".").map { "field.\($0)" }
            }
            for key in keys { #expect(words.has("criteria." + key), "\(language): \(key)") }
        }
    }

    @Test(arguments: [
        (Criteria.Comparison.atLeast, "từ 90\u{A0}%", "at least 90%"), (.atMost, "không quá 90\u{A0}%", "at most 90%"),
        (.equal, "đúng 90\u{A0}%", "exactly 90%"), (.above, "hơn 90\u{A0}%", "more than 90%"),
        (.below, "dưới 90\u{A0}%", "less than 90%"),
    ]) func aDemandIsSaid(_ comparison: Criteria.Comparison, _ vietnamese: String, _ english: String) throws {
        let indicator = Sample.indicator("I.1", .percentage, unit: .percent, comparison)
        let bound = Criteria.Bound.quantity(Sample.quantity("90"))
        #expect(try texts().demand(bound, of: indicator) == vietnamese)
        #expect(try texts(.en).demand(bound, of: indicator) == english)
    }

    @Test func numbersCarryTheirUnit() throws {
        #expect(try texts().quantity(Sample.quantity("1234.5"), .metre) == "1.234,5\u{A0}m")
        #expect(try texts(.en).quantity(Sample.quantity("1"), .household) == "1\u{A0}household")
        #expect(try texts(.en).quantity(Sample.quantity("2"), .household) == "2\u{A0}households")
        #expect(try texts().quantity(Sample.quantity("3"), .none) == "3")
    }

    @Test(arguments: [("> 50%", "hơn 50\u{A0}%"), ("60%", "từ 60\u{A0}%"), ("2/3", "từ 2/3")])
    func aShareIsSaid(_ written: String, _ said: String) throws {
        #expect(try texts().share(#require(Criteria.Share(text: written))) == said)
    }

    @Test func oneLineIsEnoughWhereAllAreTreatedAlike() throws {
        let set = try Sample.demonstration()
        let one = try #require(set.indicator("I.2"))
        #expect(try texts().demands(of: one, in: set).map(\.demand) == ["đúng 100\u{A0}%"])
        #expect(try texts().demands(of: one, in: set).first?.label == nil)
        let two = try #require(set.indicator("I.1"))
        #expect(try texts().demands(of: two, in: set).map(\.demand) == ["từ 1\u{A0}lần", "từ 1,1\u{A0}lần"])
        #expect(
            try texts().demands(of: two, in: set).map(\.label) == ["Khu dân cư tiêu biểu", "Khu dân cư kiểu mẫu"])
    }

    @Test func aTitlesRulesAreSentences() throws {
        let set = try Sample.demonstration()
        let rules = try texts().rules(of: #require(set.title(Criteria.Title.model)), in: set)
        #expect(rules.first == "Đã được công nhận Khu dân cư tiêu biểu")
        #expect(rules.contains("Được từ 90 điểm trên tổng 100 điểm"))
        #expect(rules.contains("Nhóm nào cũng được từ 50\u{A0}% số điểm của nhóm"))
        #expect(rules.last?.contains("từ 90\u{A0}% số phiếu hợp lệ hài lòng") == true)
    }

    @Test func theWayToATitleIsSaid() throws {
        let procedure = Criteria.Procedure(
            days: [.registrationEnds: CriteriaCheckTests.day(3, 31), .givingDay: CriteriaCheckTests.day(11, 18)],
            posting: .working(5), mending: .working(10), least: .calendar(1), panelMembers: 5)
        #expect(
            try texts().rules(of: procedure) == [
                "Lịch trong năm: đăng ký đến hết 31/3; trao vào 18/11",
                "Niêm yết kết quả tự đánh giá ít nhất 5 ngày làm việc", "Hồ sơ trả lại được sửa trong 10 ngày làm việc",
                "Ai nhận hồ sơ muộn vẫn có ít nhất 1 ngày", "Tổ thẩm định có ít nhất 5 người",
            ])
        #expect(try texts(.en).rules(of: procedure)[3] == "Whoever gets a dossier late still has 1 day")
        #expect(procedure.postingDays == 8)
    }

    @Test func passMarksOfALevelAndARegionAreSaid() throws {
        var set = Sample.small()
        set.regions = [Criteria.Choice("sea", "Ven biển")]
        set.titles[0].pass.marks = [
            Criteria.PassMark(level: .province, 1700), Criteria.PassMark(level: .province, region: "sea", 1600),
        ]
        let rules = try texts().rules(of: set.titles[0], in: set)
        #expect(rules.contains("cấp tỉnh: từ 17 điểm trên tổng 20 điểm"))
        #expect(rules.contains("cấp tỉnh · Ven biển: từ 16 điểm trên tổng 20 điểm"))
    }

    /// Nothing of any set in this checkout is left without words.
    @Test(arguments: ["ha-tinh-2014", "qd691-2018", "qd491-2009", "nd122-2018", "yen-bai-1217-2022", "qd51-2025"])
    func everySampleCanBeSaid(_ name: String) throws {
        let text = try Sample.file(Sample.sets.appending(path: name + ".yaml"))
        let set = try #require(Criteria.YAML.read(text).set)
        for language in Language.allCases {
            let texts = try texts(language)
            var lines = texts.commonRules(of: set) + texts.cost(of: set.indicators)
            for title in set.titles { lines += texts.rules(of: title, in: set) }
            for group in set.standards {
                for indicator in group.allIndicators {
                    lines += texts.demands(of: indicator, in: set, within: group.titles).map(\.demand)
                    lines += texts.scoring(indicator) + [texts.kind(indicator)]
                }
            }
            for line in lines { #expect(!line.contains("criteria.") && !line.contains("{"), "\(line)") }
        }
    }

    @Test func wordsAreFoundWithoutMarksAndOnlyWhereTheyBegin() throws {
        let set = try Sample.demonstration()
        #expect(set.narrowed(to: ["ngheo"]).flatMap(\.allIndicators).contains { $0.code == "I.2" })
        #expect(set.narrowed(to: ["gheo"]).isEmpty)
        #expect(set.narrowed(to: []).count == set.standards.count)
        #expect(set.narrowed(to: [], title: Criteria.Title.model).count == 5)
    }

    @Test(
        arguments: [
            ("groups[III].indicators[III.2].thresholds.model", "III.2", "thresholds", "model"),
            ("groups[A.1].criteria[x]", nil, "criteria", "criteria"), ("maximum", nil, "maximum", "maximum"),
        ] as [(String, String?, String, String)])
    func aPlaceIsTakenApart(_ place: String, _ code: String?, _ some: String, _ last: String) {
        let place = CriteriaPlace(place)
        #expect(place.code(in: "indicators") == code)
        #expect(place.last == last)
    }

    /// Codes and words of the file as people read them, place and value.
    @Test(
        arguments: [
            ("titles[model].pass.minimum", "92", "Danh hiệu Kiểu mẫu · Điều kiện đạt · Điểm đạt", "92"),
            (
                "titles[model].pass", "required: mandatory; minimum: 92; floor: 50%",
                "Danh hiệu Kiểu mẫu · Điều kiện đạt",
                "Chỉ tiêu phải đạt: các chỉ tiêu bắt buộc; Điểm đạt: 92; Mức sàn của nhóm: 50\u{A0}%"
            ),
            (
                "titles[model].deciders", "district: Ủy ban huyện; province: Ủy ban tỉnh",
                "Danh hiệu Kiểu mẫu · Nơi công nhận",
                "cấp huyện: Ủy ban huyện; cấp tỉnh: Ủy ban tỉnh"
            ),
            (
                "titles[model].deciders[district]", "Ủy ban huyện", "Danh hiệu Kiểu mẫu · Nơi công nhận cấp huyện",
                "Ủy ban huyện"
            ),
            (
                "procedure.days", "registrationEnds: 03-31; givingDay: 11-18", "Trình tự · Lịch trong năm",
                "Hết hạn đăng ký: 31/3; Ngày trao: 18/11"
            ),
            ("procedure.mending", "working: 10", "Trình tự · Sửa hồ sơ trả lại", "10 ngày làm việc"),
            (
                "procedure", "posting: calendar: 10; panelMembers: 5", "Trình tự",
                "Niêm yết: 10 ngày; Số người tổ thẩm định: 5"
            ),
            ("mayLoosen[0]", "pass.floor", "Cho phép nới 1", "Điều kiện đạt · Mức sàn của nhóm"),
            (
                "mayLoosen", "pass.floor; pass.minimum", "Cho phép nới",
                "Điều kiện đạt · Mức sàn của nhóm; Điều kiện đạt · Điểm đạt"
            ),
            ("groups[I].indicators[I.1].mayLoosen[0]", "threshold", "Nhóm I · Chỉ tiêu I.1 · Cho phép nới 1", "Ngưỡng"),
            (
                "groups[I].indicators[I.1].thresholds", "outstanding: 92; model: 95", "Nhóm I · Chỉ tiêu I.1 · Ngưỡng",
                "tiêu biểu: 92; Kiểu mẫu: 95"
            ),
            (
                "groups[I].indicators[I.1].thresholds[model province]", "95",
                "Nhóm I · Chỉ tiêu I.1 · Ngưỡng Kiểu mẫu, cấp tỉnh", "95"
            ),
            ("groups[I].indicators[I.1].kind", "yesNo", "Nhóm I · Chỉ tiêu I.1 · Loại", "có hoặc không"),
            ("groups[I].indicators[I.1].operator", ">=", "Nhóm I · Chỉ tiêu I.1 · Phép so sánh", "từ mức này trở lên"),
            ("groups[I].indicators[I.1].unit", "household", "Nhóm I · Chỉ tiêu I.1 · Đơn vị", "hộ"),
            ("groups[I].indicators[I.1].unit", "none", "Nhóm I · Chỉ tiêu I.1 · Đơn vị", "không có đơn vị"),
            (
                "groups[I].indicators[I.1].suppliedBy.police", "Công an xã",
                "Nhóm I · Chỉ tiêu I.1 · Ai điền · Công an",
                "Công an xã"
            ),
            ("groups[I].indicators[I.1].suppliedBy", "area", "Nhóm I · Chỉ tiêu I.1 · Ai điền", "Khu dân cư tự điền"),
            // What a person wrote stays as it is, whatever stands in it.
            (
                "groups[I].indicators[I.1].guidance", "model: xem mẫu; yes", "Nhóm I · Chỉ tiêu I.1 · Cách làm",
                "model: xem mẫu; yes"
            ),
            ("code", "model", "Mã", "model"),
        ] as [(String, String, String, String)])
    func aChangeIsSaidInWords(_ place: String, _ text: String, _ said: String, _ value: String) throws {
        let words = try #require(try Self.assets.get().words[.vi])
        let names = CriteriaNames(Sample.small())
        #expect(CriteriaPlace(place).said(words, names) == said)
        #expect(CriteriaWritten(words, names).value(text, at: CriteriaPlace(place)) == value)
        // In English no Vietnamese word of the file is left, and no code that Vietnamese has a word for.
        let english = try #require(try Self.assets.get().words[.en])
        if !value.contains(text) {
            #expect(CriteriaWritten(english, names).value(text, at: CriteriaPlace(place)) != text)
        }
    }

    /// A frame's refusal names the indicator, says both demands, and says the place by codes instead of counting.
    @Test func aLoosenedFrameIsRefusedInWords() throws {
        let frame = Sample.small()
        let derived = Sample.small { set in
            set.standards[1].indicators[1].thresholds = [
                Criteria.Threshold(.quantity(Quantity(thousandths: 10_000)))
            ]
        }
        let faults = Criteria.loosenings(of: derived, from: frame)
        let fault = try #require(faults.first { $0.key == .frameLoosened })
        #expect(fault.place == "groups[1].indicators[1].thresholds")
        let words = try #require(try Self.assets.get().words[.vi])
        let said = CriteriaTexts(words).fault(fault, in: derived, frame: frame)
        let name = frame.standards[1].indicators[1].name.vi
        #expect(said.contains("Chỉ tiêu II.2 (\(name))") && said.contains("Khung yêu cầu"), "\(said)")
        #expect(!said.contains(">=") && !said.contains("mayLoosen"), "\(said)")
        let place = CriteriaPlace(fault.place).coded(in: derived)
        #expect(place.said(words, CriteriaNames(derived)) == "Nhóm II · Chỉ tiêu II.2 · Ngưỡng")
    }

    @Test func aFileIsTextWhateverMadeIt() {
        #expect(CriteriaTextInput.decoded(Array("\u{FEFF}a: 1\r\nb: 2\r".utf8)) == "a: 1\nb: 2\n")
        #expect(CriteriaTextInput.decoded([0xFF, 0xFE, 0x61, 0]) == nil)
        #expect(CriteriaTextInput.decoded([0x61, 0xFF]) == nil)
    }
}
