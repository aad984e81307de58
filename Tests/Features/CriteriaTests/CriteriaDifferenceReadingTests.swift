import Core
import TestKit
import Testing
import Web

@testable import Criteria

/// The difference of two versions as people read it.
@Suite struct CriteriaDifferenceReadingTests {
    private static let assets = Result { try Assets(root: Sample.root.path) }

    private func sections(
        _ old: CriteriaSet, _ new: CriteriaSet, _ language: Language = .vi
    ) throws -> [CriteriaDifferenceSection] {
        let words = try #require(try Self.assets.get().words[language])
        return CriteriaDifferenceReading(words, CriteriaNames(old, new)).sections(from: old, to: new)
    }

    /// All lines as text, headings too: "heading | label: old → new".
    private func said(_ sections: [CriteriaDifferenceSection]) -> [String] {
        sections.flatMap { section in
            [section.kind.map { "\($0): \(section.title)" }].compactMap { $0 }
                + section.lines.map { "\(section.title) | \($0.label): \($0.old ?? "—") → \($0.new ?? "—")" }
                + said(section.inner)
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String { vietnamese.first ?? "" }
        let vietnamese: [String]
        let english: [String]
        let change: @Sendable (inout CriteriaSet) -> Void

        init(
            _ vietnamese: [String], _ english: [String], _ change: @escaping @Sendable (inout CriteriaSet) -> Void
        ) {
            (self.vietnamese, self.english, self.change) = (vietnamese, english, change)
        }
    }

    static let cases: [Case] = [
        Case([], []) { _ in },
        Case(
            ["Chỉ tiêu I.1. Chỉ tiêu I.1 | Cần đạt: từ 90\u{A0}% → từ 95\u{A0}%"],
            ["Indicator I.1. Chỉ tiêu I.1 | What must be reached: at least 90% → at least 95%"]
        ) { $0.standards[0].indicators[0].thresholds[0].bound = .quantity(Sample.quantity("95")) },
        Case(
            ["Chỉ tiêu I.1. Chỉ tiêu I.1 | Cần đạt: từ 90\u{A0}% → hơn 90\u{A0}%"],
            ["Indicator I.1. Chỉ tiêu I.1 | What must be reached: at least 90% → more than 90%"]
        ) { $0.standards[0].indicators[0].comparison = .above },
        Case(
            [
                "Chỉ tiêu I.1. Chỉ tiêu I.1 | Loại: Nhập tỷ lệ phần trăm. → Nhập một con số (hộ).",
                "Chỉ tiêu I.1. Chỉ tiêu I.1 | Cần đạt: từ 90\u{A0}% → từ 80\u{A0}hộ",
            ],
            [
                "Indicator I.1. Chỉ tiêu I.1 | Kind: A percentage. → A number (households).",
                "Indicator I.1. Chỉ tiêu I.1 | What must be reached: at least 90% → at least 80\u{A0}households",
            ]
        ) { set in
            set.standards[0].indicators[0].kind = .number
            set.standards[0].indicators[0].unit = .household
            set.standards[0].indicators[0].thresholds[0].bound = .quantity(Sample.quantity("80"))
        },
        Case(
            [
                "Chỉ tiêu I.2. Chỉ tiêu I.2 | Bắt buộc: không → có",
                "Chỉ tiêu I.2. Chỉ tiêu I.2 | Không áp dụng khi: Không có → —",
                "Chỉ tiêu I.2. Chỉ tiêu I.2 | Ai điền: Khu dân cư tự điền → Công an: Công an xã",
                "Chỉ tiêu I.2. Chỉ tiêu I.2 | Ai kiểm tra: UBND xã → Công an xã",
            ],
            [
                "Indicator I.2. Chỉ tiêu I.2 | Mandatory: no → yes",
                "Indicator I.2. Chỉ tiêu I.2 | Does not apply when: Không có → —",
                "Indicator I.2. Chỉ tiêu I.2 | Filled in by: The area itself → The police: Công an xã",
                "Indicator I.2. Chỉ tiêu I.2 | Checked by: UBND xã → Công an xã",
            ]
        ) { set in
            set.standards[0].indicators[1].isMandatory = true
            set.standards[0].indicators[1].notApplicableIf = nil
            set.standards[0].indicators[1].supplier = Criteria.Supplier(.police, "Công an xã")
            set.standards[0].indicators[1].verifier = "Công an xã"
        },
        Case(
            ["Về bộ tiêu chí này | Tên (Tiếng Anh): — → Small set"],
            ["About this set | Name: Bộ nhỏ → Small set"]
        ) { $0.name.en = "Small set" },
        Case(
            ["Chỉ tiêu I.1. Đèn đường | Tên: Chỉ tiêu I.1 → Đèn đường"],
            ["Indicator I.1. Đèn đường | Name: Chỉ tiêu I.1 → Đèn đường"]
        ) { $0.standards[0].indicators[0].name.vi = "Đèn đường" },
        Case(
            ["Chỉ tiêu I.2. Chỉ tiêu I.2 | Nhóm: I. Nhóm I → II. Nhóm II"],
            ["Indicator I.2. Chỉ tiêu I.2 | Group: I. Nhóm I → II. Nhóm II"]
        ) { $0.standards[1].indicators.append($0.standards[0].indicators.removeLast()) },
        Case(
            [
                "removed: Chỉ tiêu II.1. Chỉ tiêu II.1",
                "Chỉ tiêu II.1. Chỉ tiêu II.1 | Loại: Nhập tỷ lệ phần trăm. → —",
                "Chỉ tiêu II.1. Chỉ tiêu II.1 | Cần đạt: từ 90\u{A0}% → —",
                "Chỉ tiêu II.1. Chỉ tiêu II.1 | Cách tính điểm: Đạt thì được 7\u{A0}điểm, chưa đạt thì 0 điểm. → —",
            ],
            [
                "removed: Indicator II.1. Chỉ tiêu II.1",
                "Indicator II.1. Chỉ tiêu II.1 | Kind: A percentage. → —",
                "Indicator II.1. Chỉ tiêu II.1 | What must be reached: at least 90% → —",
                "Indicator II.1. Chỉ tiêu II.1 | Scoring: Met: 7\u{A0}points. Not met: none. → —",
            ]
        ) { $0.standards[1].indicators.removeFirst() },
        Case(
            [
                "Danh hiệu Kiểu mẫu | Điều kiện đạt: Được từ 15 điểm trên tổng 20 điểm → Được từ 16 điểm trên tổng 20 điểm"
            ],
            ["Title: Kiểu mẫu | Pass rule: Earns at least 15 of 20 points → Earns at least 16 of 20 points"]
        ) { $0.titles[0].pass.minimum = 1600 },
        Case(
            [
                "Quy định chung | Thời hạn: — → 1\u{A0}năm",
                "Quy định chung | Số tháng xem lại một lần: — → 12\u{A0}tháng",
                "Quy định chung | Hết hạn bình xét: — → 20/9", "Quy định chung | Niêm yết: — → 5 ngày làm việc",
                "Quy định chung | Số người tổ thẩm định: — → 5\u{A0}người",
            ],
            [
                "Rules for all | Term: — → 1\u{A0}year", "Rules for all | Months to the next look: — → 12\u{A0}months",
                "Rules for all | Review ends: — → 20/9", "Rules for all | Posting: — → 5 working days",
                "Rules for all | Panel members: — → 5\u{A0}people",
            ]
        ) { set in
            set.term = Criteria.Term(years: 1, recheckMonths: 12)
            set.procedure = Criteria.Procedure(
                days: [.reviewEnds: CriteriaCheckTests.day(9, 20)], posting: .working(5), panelMembers: 5)
        },
        Case(
            [
                "Quy định chung | Lấy ý kiến hộ · Tỷ lệ trả lời: — → từ 60\u{A0}%",
                "Quy định chung | Lấy ý kiến hộ · Tỷ lệ hài lòng · Kiểu mẫu: — → hơn 80\u{A0}%",
                "Quy định chung | Lấy ý kiến hộ · Nội dung hỏi: — → Đèn đường có sáng không?",
            ],
            [
                "Rules for all | Household ballot · Share of answers: — → at least 60%",
                "Rules for all | Household ballot · Share content · Kiểu mẫu: — → more than 80%",
                "Rules for all | Household ballot · Topics asked: — → Are the lamps lit?",
            ]
        ) { set in
            set.ballot = Criteria.BallotRule(
                response: Sample.share("60%"), satisfied: ["model": Sample.share("> 80%")],
                topics: [
                    Criteria.BallotRule.Topic(
                        "den", Criteria.Name("Đèn đường có sáng không?", en: "Are the lamps lit?"))
                ])
        },
    ]

    @Test(arguments: cases) func aDifferenceIsSaidInSentences(_ one: Case) throws {
        let (old, new) = (Sample.small(), Sample.small(one.change))
        let (vietnamese, english) = (try said(sections(old, new)), try said(sections(old, new, .en)))
        #expect(vietnamese == one.vietnamese)
        #expect(english == one.english)
    }

    /// Whatever line of a whole set is written otherwise, the page says so, in both languages and without a code.
    @Test func nothingAFileSaysIsLeftOut() throws {
        let old = try Sample.demonstration()
        let tree = Criteria.Format.write(old)
        var tried = 0
        for number in 0..<leaves(tree) {
            var left = number
            let changed = otherwise(tree, &left)
            let reading = Criteria.Format.read(changed, kept: true)
            guard let new = reading.set, new != old else { continue }
            // Number and status say which version it is, and stand in the head.
            let places = Criteria.difference(from: old, to: new).map(\.place).filter {
                !["version", "status"].contains($0)
            }
            if places.isEmpty { continue }
            tried += 1
            for language in Language.allCases {
                let lines = try said(sections(old, new, language))
                #expect(!lines.isEmpty, "\(places)")
                for line in lines {
                    #expect(
                        line.firstMatch(of: /criteria\.|thresholds?\b|notApplicableIf|suppliedBy|\{|yesNo|>=|<=/)
                            == nil,
                        "\(line)")
                }
            }
        }
        #expect(tried > 300)
    }

    private func leaves(_ tree: Criteria.Format.Tree) -> Int {
        switch tree.content {
        case .empty: 0
        case .scalar: 1
        case .list(let items): items.reduce(0) { $0 + leaves($1) }
        case .map(let entries): entries.reduce(0) { $0 + leaves($1.value) }
        }
    }

    /// The tree with one scalar, counted from the front, written otherwise.
    private func otherwise(_ tree: Criteria.Format.Tree, _ left: inout Int) -> Criteria.Format.Tree {
        switch tree.content {
        case .empty: return tree
        case .scalar(let text):
            defer { left -= 1 }
            return left == 0 ? Criteria.Format.Tree(.scalar(another(text))) : tree
        case .list(let items): return Criteria.Format.Tree(.list(items.map { otherwise($0, &left) }))
        case .map(let entries):
            return Criteria.Format.Tree(
                .map(entries.map { Criteria.Format.Tree.Entry($0.key, otherwise($0.value, &left)) }))
        }
    }

    private func another(_ text: String) -> String {
        let words = [
            "yes": "no", "no": "yes", ">=": ">", ">": ">=", "<=": "<", "<": "<=", "==": ">=", "yesNo": "points",
            "percentage": "points", "number": "points", "percent": "person", "household": "person",
            "person": "household",
            "area": "police", "police": "school", "mandatory": "every", "every": "mandatory",
            "demonstration": "real", "residentialArea": "commune",
        ]
        if let word = words[text] { return word }
        if let day = Day(iso: text) { return day.adding(days: 1).isoText }
        if text.hasSuffix("%") { return text.hasPrefix(">") ? String(text.dropFirst(2)) : "> " + text }
        if let number = Criteria.Format.thousandths(text), !text.contains("-") {
            return Criteria.Format.text(thousandths: number + 1000)
        }
        return text + " khác"
    }

    /// Rules of recognition by the same page.
    @Test func rulesAreReadTheSameWay() throws {
        let words = try #require(try Self.assets.get().words[.vi])
        let old = CriteriaRules(
            code: "QC", name: Criteria.Name("Quy chế"), effectiveFrom: Day(iso: "2026-01-01"),
            titles: [CriteriaRules.Title("model", deciders: [Criteria.Decider(.province, "UBND tỉnh")])],
            procedure: Criteria.Procedure(posting: .calendar(10)))
        var new = old
        new.titles[0].deciders = [Criteria.Decider(.commune, "UBND xã")]
        new.procedure?.posting = .calendar(14)
        new.steps[.review] = "Họp tại nhà văn hóa"
        let names = CriteriaNames(Sample.small())
        #expect(
            said(CriteriaDifferenceReading(words, names).sections(from: old, to: new)) == [
                "Danh hiệu Kiểu mẫu | Nơi công nhận: Công nhận ở cấp tỉnh: UBND tỉnh → Công nhận ở cấp xã: UBND xã",
                "Quy định chung | Niêm yết: 10 ngày → 14 ngày",
                "Từng bước | Hội nghị bình xét: — → Họp tại nhà văn hóa",
            ])
    }
}
