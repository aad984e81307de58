import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

@Suite("Titles held before: what is kept of a preview", .databases) struct RecognitionEarlierKeptTests {
    /// Five hundred remarks are kept: of a file with more, what must be mended is among them.
    @Test(arguments: TestEngine.all) func manyWarningsHideNoFault(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        try await data.database.unattended(.seed) { tx in
            func remark(_ line: Int, isFault: Bool) -> RecognitionEarlier.Remark {
                .init(
                    isFault: isFault, sheet: "", line: line, subject: .area, column: nil,
                    key: isFault ? "unknownArea" : "districtGone", arguments: ["name": "x"])
            }
            let plan = RecognitionEarlier.Plan(
                rows: 701, remarks: (1...700).map { remark($0, isFault: false) } + [remark(701, isFault: true)])
            let id = try RecognitionEarlierStore.keep(
                plan, fileName: "a.csv", isForm: false, base: Place.lamDong.id, by: Member.doThiHanh.id,
                letters: { "\($0)" }, tx)
            let kept = try RecognitionEarlierStore.remarks(of: id, tx)
            #expect(kept.count == 500 && kept.first?.line == 701)
            return Receipt()
        }
    }
}

@Suite("Titles held before: rows of an import") struct RecognitionEarlierRuleTests {
    private static func id(_ number: UInt64) -> ID { ID(high: 9, low: number) }
    private static func day(_ text: String) -> Day { Day(iso: text) ?? .first }

    private static let titles: [Criteria.Title] = [
        Criteria.Title(
            "outstanding", Criteria.Name("Khu dân cư tiêu biểu"), pass: Criteria.PassRule()),
        Criteria.Title("model", Criteria.Name("Khu dân cư kiểu mẫu"), after: "outstanding", pass: Criteria.PassRule()),
    ]

    private static func known(
        grants: [RecognitionEarlier.Known.Grant] = [], decisions: [RecognitionEarlier.Known.Decision] = [],
        isCommune: Bool = false, titles: [Criteria.Title] = titles
    ) -> RecognitionEarlier.Known {
        func unit(
            _ number: UInt64, _ name: String, isArea: Bool, in parent: UInt64?, code: String? = nil, until: Day? = nil
        )
            -> RecognitionEarlier.Known.Unit
        {
            .init(
                id: id(number), parent: parent.map(id), isArea: isArea, name: name,
                nameKey: VietnameseText.nameKey(name), code: code, until: until)
        }
        func body(_ number: UInt64, _ name: String, on territory: UInt64, _ level: Criteria.Level)
            -> RecognitionEarlier.Known.Body
        {
            .init(
                id: id(number), name: name, nameKey: VietnameseText.nameKey(name), territory: id(territory),
                level: level)
        }
        return RecognitionEarlier.Known(
            base: id(isCommune ? 2 : 1), isCommune: isCommune, own: id(isCommune ? 11 : 10), titles: titles,
            units: [
                unit(1, "Lâm Đồng", isArea: false, in: nil), unit(2, "Đơn Dương", isArea: false, in: 1),
                unit(3, "Suối Mới", isArea: true, in: 2, code: "TX01"), unit(4, "Ka Đô", isArea: false, in: 1),
                unit(5, "Suối Mới", isArea: true, in: 4), unit(6, "Bờ Mới", isArea: true, in: 4),
                unit(7, "Đồi Cũ", isArea: true, in: 2, until: day("2025-07-01")),
            ],
            bodies: [
                body(10, "Mặt trận tỉnh Lâm Đồng", on: 1, .province), body(11, "UBND xã Đơn Dương", on: 2, .commune),
                body(12, "UBND xã Ka Đô", on: 4, .commune),
            ],
            grants: grants, decisions: decisions, registrations: [], today: day("2026-11-10"),
            plain: { name in
                let words = VietnameseText.tidied(name).split(separator: " ")
                let isKind = words.count > 1 && ["thôn", "xã"].contains(words[0].lowercased())
                return VietnameseText.nameKey(words.dropFirst(isKind ? 1 : 0).joined(separator: " "))
            },
            near: { typed, names in names.filter { VietnameseText.folded($0) == VietnameseText.folded(typed) } })
    }

    private static let head = [
        "TT", "Mã thôn", "Thôn", "Xã", "Danh hiệu", "Cấp quyết định", "Cơ quan quyết định", "Số QĐ", "Ngày quyết định",
        "Năm", "Đến hết ngày", "Ghi chú",
    ]

    private static let good = [
        "", "Suối Mới", "xã Đơn Dương", "Khu dân cư tiêu biểu", "", "", "12/QĐ-MTTQ", "20/11/2024", "", "", "",
    ]

    private func with(_ changes: [Int: String]) -> [String] {
        Self.good.enumerated().map { changes[$0.offset] ?? $0.element }
    }

    private func plan(_ rows: [[String]], _ known: RecognitionEarlier.Known = known()) throws -> RecognitionEarlier.Plan
    {
        let header = try #require(RecognitionEarlier.Header(Self.head))
        var planner = RecognitionEarlier.Planner(header, known)
        for (index, row) in rows.enumerated() { planner.take(sheet: "Tờ 1", number: index + 2, cells: [""] + row) }
        return planner.finish()
    }

    private func faults(_ rows: [String]..., known: RecognitionEarlier.Known = known()) throws -> [String] {
        try plan(rows, known).remarks.filter(\.isFault).map { "\($0.key)@\($0.line):\($0.column ?? -1)" }
    }

    @Test func aRowBecomesATitle() throws {
        let plan = try plan([with([8: "2024", 9: "19/11/2029", 10: "Theo sổ cũ"])])
        #expect(plan.remarks.isEmpty)
        let item = try #require(plan.items.first)
        #expect(item.area == Self.id(3) && item.title == "outstanding" && item.level == .province)
        #expect(item.body == Self.id(10), "without a body the importer's own is meant")
        #expect(item.number == "12/QĐ-MTTQ" && item.day == Self.day("2024-11-20") && item.year == 2024)
        #expect(item.until == Self.day("2029-11-20"), "the last day named is still in it")
        #expect(item.note == "Theo sổ cũ")
    }

    @Test(
        arguments: [
            ("12/QĐ-MTTQ ngày 20/11/2024", "12/QĐ-MTTQ", "20/11/2024"),
            ("Quyết định số 12/QĐ-UBND, ngày 5/1/2025", "12/QĐ-UBND", "5/1/2025"),
            ("QĐ số 7 ngày 20 tháng 11 năm 2024", "7", "20/11/2024"), ("46/QĐ-MTTQ-BTT", "46/QĐ-MTTQ-BTT", ""),
            ("", "", ""),
        ]) func aNumberAndItsDayAreTakenApart(_ cell: String, _ number: String, _ day: String)
    {
        let paper = RecognitionEarlier.paper(cell)
        #expect(paper.number == number && paper.day == day)
    }

    @Test(
        arguments: [
            ["STT", "Khu dân cư", "Danh hiệu", "Số, ngày quyết định"],
            ["Mã KDC", "Tên danh hiệu", "Quyết định số", "Ngày ký"],
            ["Tên thôn (tổ dân phố)", "Xã/phường", "DANH HIỆU ĐƯỢC CÔNG NHẬN", "Số quyết định", "Ngày, tháng, năm"],
        ]) func headLinesOfOfficesAreUnderstood(_ cells: [String]) throws
    {
        let header = try #require(RecognitionEarlier.Header(cells))
        #expect(header.missing.isEmpty, "\(header.columns)")
        #expect(header.unknown.isEmpty)
    }

    @Test func whatAHeadLineLacksIsSaid() throws {
        #expect(RecognitionEarlier.Header(["Họ và tên", "Vai trò"]) == nil)
        #expect(try #require(RecognitionEarlier.Header(["Xã", "Danh hiệu"])).missing == [.area, .number])
    }

    /// Each refusal names its line and its column.
    @Test func whatIsWrongIsNamedByCell() throws {
        #expect(try faults(with([1: ""])) == ["emptyArea@2:2"])
        #expect(try faults(with([1: "Suối Mây"])) == ["unknownArea@2:2"])
        #expect(try faults(with([1: "Suoi Moi"])) == ["unknownAreaNear@2:2"])
        #expect(try faults(with([2: ""])) == ["areaAmbiguous@2:2"])
        #expect(try faults(with([2: "Đà Lạt"])) == ["unknownCommune@2:3"])
        #expect(try faults(with([1: "Đồi Cũ"])) == ["unitEnded@2:2"])
        #expect(try faults(with([0: "TX09"])) == ["unknownCode@2:1"])
        #expect(try faults(with([0: "TX01", 1: "Bờ Mới"])) == ["codeOtherName@2:2"])
        #expect(try faults(with([0: "tx01", 1: "", 2: ""])) == [])
        #expect(try faults(with([3: ""])) == ["emptyTitle@2:4"])
        #expect(try faults(with([3: "Gia đình văn hóa"])) == ["unknownTitle@2:4"])
        #expect(try faults(with([4: "làng"])) == ["unknownLevel@2:5"])
        #expect(try faults(with([4: "xã"])) == ["emptyBody@2:6"], "another level needs its body")
        #expect(try faults(with([4: "tỉnh", 5: "UBND xã Đơn Dương"])) == ["levelOther@2:5"])
        #expect(try faults(with([5: "UBND xã Lạc Dương"])) == ["unknownBody@2:6"])
        #expect(try faults(with([6: ""])) == ["emptyNumber@2:7"])
        #expect(try faults(with([7: ""])) == ["emptyDay@2:8"])
        #expect(try faults(with([7: "hôm qua"])) == ["wrongDay@2:8"])
        #expect(try faults(with([7: "11/11/2026"])) == ["futureDay@2:8"])
        #expect(try faults(with([8: "2020"])) == ["otherYear@2:9"])
        #expect(try faults(with([8: "năm nay"])) == ["wrongYear@2:9"])
        #expect(try faults(with([9: "19/11/2024"])) == ["untilBefore@2:10"])
        #expect(
            try faults(with([1: "Suối Mây", 3: "", 6: "", 7: "31/02/2024"]))
                == ["unknownArea@2:2", "emptyTitle@2:4", "emptyNumber@2:7", "wrongDay@2:8"], "all of a row at once")
    }

    /// The words of the short names that people use.
    @Test(arguments: ["kiểu mẫu", "KDC kiểu mẫu", "Khu dân cư Kiểu mẫu", "model"])
    func aTitleIsFoundByItsUsualNames(_ typed: String) throws {
        #expect(try plan([with([3: typed])]).items.first?.title == "model")
    }

    @Test func aDistrictThatIsGoneIsOnlyRemarked() throws {
        let plan = try plan([with([4: "huyện", 5: "UBND xã Đơn Dương"])])
        #expect(plan.faults == 0 && plan.remarks.map(\.key) == ["districtGone"])
        #expect(plan.items.first?.level == .district)
    }

    @Test func twoOfAKindByOneDeciderDoNotHoldAtOnce() throws {
        let first = with([:])
        #expect(try faults(first, with([6: "15/QĐ-MTTQ", 7: "20/11/2025"])) == ["twiceHere@3:4"])
        #expect(
            try faults(with([6: "15/QĐ-MTTQ", 7: "20/11/2025"]), first) == ["twiceHere@2:4"],
            "the later decision is the one in doubt, wherever it stands")
        #expect(
            try faults(with([9: "30/06/2026"]), with([6: "15/QĐ-MTTQ", 7: "20/11/2025"])) == [],
            "renewed in its last year")
        #expect(
            try faults(first, with([3: "kiểu mẫu", 6: "15/QĐ-MTTQ", 7: "20/11/2025"])) == [], "a higher one follows")
        #expect(
            try faults(first, with([5: "UBND xã Đơn Dương", 6: "3/QĐ-UBND", 7: "20/12/2024"])) == [], "another decider")
        #expect(try faults(first, first) == ["sameRow@3:2"])
    }

    @Test func aNumberIsOnePaper() throws {
        #expect(
            try faults(with([:]), with([2: "Ka Đô", 7: "21/11/2024"])) == ["numberOtherRow@3:8"])
        #expect(try faults(with([:]), with([2: "Ka Đô"])) == [])
        #expect(try faults(with([:]), with([2: "Ka Đô", 3: "kiểu mẫu"])) == [], "a decision may give two titles")
        let paper = RecognitionEarlier.Known.Decision(
            body: Self.id(10), numberKey: Recognition.SignedPaper.key("012/qđ-mttq"), day: Self.day("2024-11-20"),
            title: "outstanding", level: .province, isOwn: true, territory: Self.id(1), number: "12/QĐ-MTTQ")
        #expect(try faults(with([6: "012/QĐ-MTTQ"]), known: Self.known(decisions: [paper])) == ["numberHere@2:7"])
    }

    /// The register keeps a title of a paper once, at one level.
    @Test func aPaperGivesATitleAtOneLevel() throws {
        let district = with([2: "Ka Đô", 4: "huyện", 5: "Mặt trận tỉnh Lâm Đồng"])
        #expect(try faults(with([:]), district) == ["levelOtherRow@3:5"])
        #expect(try faults(district, with([:])) == ["levelOtherRow@3:5"])
        #expect(try faults(district, with([3: "kiểu mẫu"])) == [], "another title may be of another level")
        func paper(_ title: String, _ level: Criteria.Level) -> RecognitionEarlier.Known.Decision {
            .init(
                body: Self.id(10), numberKey: Recognition.SignedPaper.key("12/QĐ-MTTQ"), day: Self.day("2024-11-20"),
                title: title, level: level, isOwn: false, territory: Self.id(1), number: "12/QĐ-MTTQ")
        }
        #expect(
            try faults(district, known: Self.known(decisions: [paper("outstanding", .province)])) == ["levelThere@2:5"])
        #expect(
            try faults(with([:]), known: Self.known(decisions: [paper("outstanding", .district)])) == ["levelThere@2:5"]
        )
        for there in [paper("model", .province), paper("outstanding", .district)] {
            #expect(try faults(district, known: Self.known(decisions: [there])) == [])
        }
    }

    @Test func aCommuneEntersWhatItMayDecide() throws {
        var titles = Self.titles
        titles[0].deciders = [Criteria.Decider(.commune, "Mặt trận xã"), Criteria.Decider(.province, "Mặt trận tỉnh")]
        titles[1].deciders = [Criteria.Decider(.province, "Mặt trận tỉnh")]
        let known = Self.known(isCommune: true, titles: titles)
        let plan = try plan([with([:])], known)
        #expect(plan.remarks.isEmpty && plan.items.first?.level == .commune)
        #expect(try faults(with([3: "kiểu mẫu"]), known: known) == ["titleNotOfCommune@2:4"])
        #expect(
            try faults(with([4: "huyện", 5: "UBND xã Đơn Dương"]), known: known) == ["notOfCommune@2:5"])
        #expect(try faults(with([3: "kiểu mẫu"]), known: Self.known(titles: titles)) == [], "the province enters it")
    }

    @Test func whatStandsInTheRegisterIsLeftAlone() throws {
        let held = RecognitionEarlier.Known.Grant(
            area: Self.id(3), kind: .init("outstanding", .province), body: Self.id(10), number: "12/QĐ-MTTQ",
            numberKey: Recognition.SignedPaper.key("12/QĐ-MTTQ"), from: Self.day("2024-11-20"), until: nil, endedOn: nil
        )
        let known = Self.known(grants: [held])
        let same = try plan([with([:])], known)
        #expect(same.unchanged == 1 && same.items.isEmpty && same.remarks.isEmpty)
        #expect(try faults(with([9: "31/12/2027"]), known: known) == ["otherTerm@2:10"])
        #expect(try faults(with([6: "9/QĐ-MTTQ", 7: "01/06/2023"]), known: known) == ["twiceThere@2:4"])
    }
}
