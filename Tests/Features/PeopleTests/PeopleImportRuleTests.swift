import Core
import Organisation
import Testing
@testable import People

@Suite("People: rows of an import") struct PeopleImportRuleTests {
    private static func id(_ number: UInt64) -> ID { ID(high: 7, low: number) }
    private static let today = Day(iso: "2026-11-10")!

    private static let known: PeopleImport.Known = {
        func unit(_ number: UInt64, _ name: String, isArea: Bool, in parent: UInt64?, until: String? = nil)
            -> PeopleImport.Known.Unit
        {
            .init(
                id: id(number), parent: parent.map(id), isArea: isArea, name: name,
                nameKey: VietnameseText.nameKey(name), until: until.flatMap { Day(iso: $0) })
        }
        func body(_ number: UInt64, _ name: String, on territory: UInt64, until: String? = nil)
            -> PeopleImport.Known.Body
        {
            .init(
                id: id(number), name: name, nameKey: VietnameseText.nameKey(name), territory: id(territory),
                from: .first,
                until: until.flatMap { Day(iso: $0) })
        }
        func one(_ number: UInt64, _ name: String, _ year: Int?, _ phone: String? = nil, _ signIn: String)
            -> PeopleImport.Known.One
        {
            .init(
                id: id(number), name: name, nameKey: VietnameseText.nameKey(name), birthYear: year, phone: phone,
                signInName: signIn)
        }
        return PeopleImport.Known(
            actor: id(29), base: id(1),
            units: [
                unit(1, "Lâm Đồng", isArea: false, in: nil), unit(2, "Đồng Thông", isArea: false, in: 1),
                unit(3, "Gia Hòa", isArea: true, in: 2), unit(4, "D'Ran", isArea: false, in: 1),
                unit(5, "Gia Hòa", isArea: true, in: 4),
                unit(6, "Quảng Lập", isArea: false, in: 1, until: "2025-07-01"),
                unit(7, "Bờ Hồ", isArea: true, in: 2),
            ],
            bodies: [
                body(10, "Mặt trận Đồng Thông", on: 2), body(11, "UBND xã Đồng Thông", on: 2),
                body(12, "Ban CTMT Gia Hòa", on: 3), body(13, "Chi hội cũ", on: 3, until: "2026-01-01"),
            ],
            people: [
                one(20, "Ya Thương", 1968, nil, "yathuong"), one(21, "Ka Hương", 1980, "0912345678", "kahuong"),
                one(22, "Lê Văn Ba", nil, nil, "levanba"), one(29, "Ngô Tấn Phát", 1971, nil, "ngotanphat"),
                .init(
                    id: id(30), name: "Bon Niêng K'Sáu", nameKey: VietnameseText.nameKey("Bon Niêng K'Sáu"),
                    birthYear: 1964, phone: "0933444555", signInName: "bonniengksau", isSeen: false),
            ],
            offices: [
                .init(
                    person: id(20), role: .areaHead, organisation: id(11), territory: id(7),
                    from: Day(iso: "2026-01-01")!, until: nil),
                .init(
                    person: id(29), role: .administrator, organisation: id(10), territory: id(2),
                    from: Day(iso: "2026-01-01")!, until: nil),
            ], today: today)
    }()

    private static let head = [
        "STT", "Họ và tên", "Năm sinh", "Điện thoại", "Tên đăng nhập", "Chức vụ", "Tổ chức", "Xã", "Thôn", "Từ ngày",
        "Đến ngày",
    ]

    private func plan(_ rows: [String]...) throws -> PeopleImport.Plan {
        let header = try #require(PeopleImport.Header(Self.head))
        var planner = PeopleImport.Planner(header, Self.known)
        for (index, row) in rows.enumerated() { planner.take(sheet: "Tờ 1", number: index + 2, cells: [""] + row) }
        return planner.finish()
    }

    private func faults(_ rows: [String]...) throws -> [String] {
        let header = try #require(PeopleImport.Header(Self.head))
        var planner = PeopleImport.Planner(header, Self.known)
        for (index, row) in rows.enumerated() { planner.take(sheet: "Tờ 1", number: index + 2, cells: [""] + row) }
        return planner.finish().remarks.filter(\.isFault).map { "\($0.key)@\($0.line):\($0.column ?? -1)" }
    }

    private static let good = [
        "Đàm Thị Nhung", "1975", "0987 654 321", "", "Trưởng thôn", "UBND xã Đồng Thông", "xã Đồng Thông",
        "thôn Gia Hòa",
        "01/07/2025", "",
    ]

    private func with(_ changes: [Int: String]) -> [String] {
        Self.good.enumerated().map { changes[$0.offset] ?? $0.element }
    }

    @Test func aRowBecomesAPersonWithAnOffice() throws {
        let plan = try plan(Self.good)
        #expect(plan.remarks.isEmpty)
        #expect(
            plan.items == [
                PeopleImport.Item(
                    subject: .new, name: "Đàm Thị Nhung", birthYear: 1975, phone: "0987654321", signInName: nil,
                    role: .areaHead, organisation: Self.id(11), territory: Self.id(3), from: Day(iso: "2025-07-01")!,
                    until: nil)
            ])
        #expect(plan.read.map(\.field).contains("phone"))
    }

    @Test func theOrganisationOfTheAreaComesBeforeThatOfTheCommune() throws {
        let plan = try plan(with([4: "Trưởng ban công tác Mặt trận", 5: "Ban CTMT Gia Hòa"]))
        #expect(plan.items.first?.organisation == Self.id(12))
        #expect(plan.items.first?.role == .frontWorkCommitteeHead)
    }

    /// Each refusal names its line and its column.
    @Test func whatIsWrongIsNamedByCell() throws {
        #expect(try faults(with([0: ""])) == ["emptyName@2:1"])
        #expect(try faults(with([1: "75"])) == ["birthYear@2:2"])
        #expect(try faults(with([2: "12345"])) == ["phone@2:3"])
        #expect(try faults(with([3: "x"])) == ["signInName@2:4"])
        #expect(try faults(with([4: "Vua bếp"])) == ["unknownRole@2:5"])
        #expect(try faults(with([4: ""])) == ["emptyRole@2:5"])
        #expect(try faults(with([4: "helper"])) == ["helper@2:5"])
        #expect(try faults(with([5: "Hội cờ tướng"])) == ["unknownOrganisation@2:6"])
        #expect(try faults(with([5: "Chi hội cũ"])) == ["organisationEnded@2:6"])
        #expect(try faults(with([6: "Quảng Lập", 7: ""])) == ["unitEnded@2:7", "roleOfArea@2:8"])
        #expect(try faults(with([6: "Ka Đô"])) == ["unknownCommune@2:7"])
        #expect(try faults(with([7: "Suối Mây"])) == ["unknownArea@2:8"])
        #expect(try faults(with([6: ""])) == ["areaAmbiguous@2:8"])
        #expect(try faults(with([8: "hôm qua"])) == ["wrongDay@2:9"])
        #expect(try faults(with([9: "30/06/2025"])) == ["termBackwards@2:10"])
        #expect(try faults(with([3: "kahuong"])) == ["signInTaken@2:4"])
    }

    /// The organisation and the person are looked at whatever is wrong with the place.
    @Test func aWrongPlaceDoesNotHideTheRestOfTheRow() throws {
        #expect(
            try faults(with([5: "Hội cờ tướng", 7: "Suối Mây"])) == ["unknownArea@2:8", "unknownOrganisation@2:6"])
        #expect(try faults(with([5: "Chi hội cũ", 7: "Suối Mây"])) == ["unknownArea@2:8", "organisationEnded@2:6"])
        #expect(try faults(with([5: "", 6: "Ka Đô"])) == ["unknownCommune@2:7", "emptyOrganisation@2:6"])
        #expect(try faults(with([6: "Ka Đô", 7: "Suối Mây"])) == ["unknownCommune@2:7", "unknownArea@2:8"])
        #expect(try faults(with([6: "Ka Đô"])) == ["unknownCommune@2:7"], "there is an area of this name")
        #expect(
            try faults(with([4: "Bí thư đảng ủy", 7: "Suối Mây"])) == ["unknownArea@2:8", "roleOfCommune@2:5"])
        #expect(try faults(with([3: "kahuong", 7: "Suối Mây"])) == ["signInTaken@2:4", "unknownArea@2:8"])
        #expect(
            try faults(with([5: "Mặt trận Đồng Thông", 7: "Suối Mây"])) == ["unknownArea@2:8"],
            "an organisation that may be meant is not doubted")
    }

    @Test(
        arguments: [
            (7, "Thôn Gia Hoa", "unknownAreaNear", "“Gia Hòa”"), (7, "Bờ Hô", "unknownAreaNear", "“Bờ Hồ”"),
            (7, "Gai Hòa", "unknownAreaNear", "“Gia Hòa”"), (7, "Gia Hoàa", "unknownAreaNear", "“Gia Hòa”"),
            (6, "xã Đồng Tông", "unknownCommuneNear", "“Đồng Thông”"), (6, "Đran", "unknownCommuneNear", "“D'Ran”"),
            (5, "Mặt trân Đồng Thông", "unknownOrganisationNear", "“Mặt trận Đồng Thông”"),
            (5, "UBND xã Đông Thông", "unknownOrganisationNear", "“UBND xã Đồng Thông”"),
        ]) func whatWasProbablyMeantIsProposed(_ cell: Int, _ typed: String, _ key: String, _ near: String) throws
    {
        let remarks = try plan(with([cell: typed])).remarks.filter(\.isFault)
        let told = try #require(remarks.first { $0.key == key }, "\(remarks)")
        #expect(told.arguments["near"] == near && told.arguments["found"] == typed)
    }

    @Test func nothingFarAwayIsProposed() {
        #expect(PeopleImport.NearNames.of("Ka Đô", among: ["Ka Đơn", "Pró"]) == ["Ka Đơn"])
        #expect(PeopleImport.NearNames.of("Suối Mây", among: ["Gia Hòa", "Bờ Hồ", "Đa Nhài"]) == [])
        #expect(
            PeopleImport.NearNames.of("Lạc Viên C", among: ["Lạc Viên A", "Lạc Viên B", "Lạc Sơn", "Lạc Viên A"])
                == ["Lạc Viên A", "Lạc Viên B"], "each once")
        #expect(PeopleImport.NearNames.of("Hòa An", among: ["Hoa Anh", "Hoà Ân"]) == ["Hoà Ân", "Hoa Anh"])
        #expect(PeopleImport.NearNames.of("", among: ["A"]) == [] && PeopleImport.NearNames.of("A", among: ["B"]) == [])
    }

    @Test func twoRowsOfOneIdentityAreRefused() throws {
        let other = with([7: "Bờ Hồ"])
        #expect(try faults(Self.good, other).count == 1)
        #expect(try faults(Self.good, other) == ["samePhone@3:3"])
        #expect(try faults(with([2: ""]), with([2: "", 7: "Bờ Hồ"])) == ["sameBirthYear@3:2"])
        #expect(try faults(with([1: "", 2: ""]), with([1: "", 2: "", 7: "Bờ Hồ"])) == ["sameName@3:1"])
        #expect(
            try faults(with([3: "damnhung"]), with([0: "Đàm Thị Hoa", 1: "1980", 2: "", 3: "Đàm Nhung"]))
                == ["sameSignIn@3:4"])
        #expect(
            try faults(Self.good, with([1: "1990", 2: ""])) == [], "two people of one name, told apart by their years")
    }

    /// Somebody who is there already, named by sign-in name on one line and by year on another.
    @Test func oneKnownPersonNamedTwoWaysIsRefused() throws {
        let bySignIn = with([0: "Ya Thương", 1: "", 2: "", 3: "yathuong"])
        let byYear = with([0: "Ya Thương", 1: "1968", 2: ""])
        #expect(try faults(bySignIn, byYear) == ["sameKnown@3:2"])
        #expect(try faults(byYear, bySignIn) == ["sameKnown@3:4"])
        let byPhone = with([0: "Ka Hương", 1: "", 2: "0912345678"])
        #expect(try faults(with([0: "Ka Hương", 1: "1980", 2: ""]), byPhone) == ["sameKnown@3:3"])
        #expect(try plan(bySignIn, byYear).remarks.first?.arguments == ["name": "Ya Thương", "line": "2"])
        #expect(try faults(bySignIn, byPhone) == [])
    }

    /// A name alone beside the same name with something: whichever stands first, the one alone is asked about.
    @Test func aNameAloneBesideTheSameNameIsAskedAbout() throws {
        let told = with([0: "Nguyễn Văn Tám", 1: "1970", 2: ""])
        let alone = with([0: "Nguyễn Văn Tám", 1: "", 2: "", 7: "Bờ Hồ"])
        #expect(try faults(told, alone) == ["sameName@3:1"])
        #expect(try faults(alone, told) == ["sameName@2:1"])
        #expect(try plan(alone, told).remarks.first?.arguments["line"] == "3")
        #expect(try faults(alone, told, with([0: "Nguyễn Văn Tám", 1: "1985", 2: ""])) == ["sameName@2:1"], "once")
        #expect(try faults(told, with([0: "Nguyễn Văn Chín", 1: "", 2: ""])) == [])
        // What is wrong with the one line does not keep the other from being looked at.
        #expect(try faults(alone, with([0: "Nguyễn Văn Tám", 1: "1970", 2: "", 4: "Vua"])).count == 2)
    }

    /// Nobody gives themselves an office: not by a file either.
    @Test func whoeverImportsGivesThemselvesNothing() throws {
        func own(_ role: String, _ body: String, _ commune: String = "Đồng Thông") -> [String] {
            ["Ngô Tấn Phát", "1971", "", "", role, body, commune, "", "", ""]
        }
        #expect(try faults(own("Mặt trận tỉnh", "Mặt trận Đồng Thông")) == ["ownRole@2:1"])
        #expect(
            try faults(["Ngô Tấn Phát", "", "", "ngotanphat"] + own("Bí thư đảng ủy", "Mặt trận Đồng Thông")[4...])
                == ["ownRole@2:1"])
        #expect(try plan(own("Quản trị hệ thống", "Mặt trận Đồng Thông")).unchanged == 1, "what is held is held")
    }

    /// Of somebody out of the importer's sight nothing is said, not even a name, and nothing is given to them.
    @Test func whoIsOutOfSightIsNotNamedAndGetsNothing() throws {
        let name = "Bon Niêng K'Sáu"
        let other = try plan(with([1: "", 2: "", 3: "bonniengksau"])).remarks
        #expect(other.map(\.key) == ["signInUsed"] && other[0].arguments == ["found": "bonniengksau"])
        #expect(try faults(with([0: name, 1: "", 2: "", 3: "bonniengksau"])) == ["signInUsed@2:4"])
        #expect(try faults(with([0: name, 1: "", 2: "0933 444 555"])) == ["personElsewhere@2:3"])
        // A name and a year are shared by many: here it is somebody new, and no word of the other.
        let plan = try plan(with([0: name, 1: "1964", 2: ""]))
        #expect(plan.remarks.isEmpty && plan.items.first?.subject == .new)
        #expect(try self.plan(with([0: name, 1: "", 2: ""])).remarks.isEmpty)
    }

    /// Of very many remarks not all are kept: what must be mended stands first.
    @Test func faultsStandBeforeWarnings() throws {
        let plan = try plan(
            with([0: "Lê Văn Ba", 2: ""]), with([0: "Đinh Văn Tư", 4: "Vua", 2: ""]), with([0: "", 2: ""]))
        #expect(plan.remarks.map { "\($0.key)@\($0.line)" } == ["unknownRole@3", "emptyName@4", "nameThere@2"])
    }

    @Test func whoIsThereIsFoundAndTheSameFileChangesNothing() throws {
        let row = ["Ya Thương", "1968", "", "", "Trưởng thôn", "UBND xã Đồng Thông", "Đồng Thông", "Bờ Hồ"]
        let dated = try plan(row + ["01/01/2026", ""])
        #expect(dated.unchanged == 1)
        #expect(try plan(row).unchanged == 1, "without days the office that is held is meant")
        let moved = try plan(with([0: "Ka Hương", 1: "", 2: "+84 912 345 678"]))
        #expect(moved.items.first?.subject == .known(Self.id(21)))
        #expect(moved.added == 0 && moved.given == 1)
        #expect(try faults(row + ["01/02/2026", ""]) == ["otherTerm@2:9"])
    }

    @Test func somebodyOfTheSameNameIsOnlyAWarning() throws {
        let plan = try plan(with([0: "Lê Văn Ba"]))
        #expect(plan.faults == 0 && plan.warnings == 1)
        #expect(plan.items.first?.subject == .new)
    }

    @Test func whichLineIsTheHeadLine() {
        #expect(PeopleImport.Header(["Danh sách cán bộ"]) == nil)
        #expect(PeopleImport.Header(["Vai trò", "Tổ chức"]) == nil)
        #expect(PeopleImport.Header(["Họ tên", "Vai trò"])?.missing == [.organisation])
        #expect(
            PeopleImport.Header(["Họ tên", "Vai trò", "Cơ quan", "Sở thích"])?.unknown.map(\.title) == ["Sở thích"])
    }
}
