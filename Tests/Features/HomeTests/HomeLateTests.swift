import Core
import Organisation
import Testing

@testable import Home

@Suite("Home: who keeps others waiting") struct HomeLateTests {
    private static let dongThong = TerritoryTitle(
        id: ID(high: 1, low: 1), kind: .commune, designation: .commune, name: "Đồng Thông (minh họa)")
    private static let other = TerritoryTitle(
        id: ID(high: 1, low: 2), kind: .commune, designation: .commune, name: "Khác")

    private func late(
        _ name: String, _ due: String, _ holder: HomeHolder = .area, _ awaited: String = "submit",
        isMending: Bool = false, in commune: TerritoryTitle = dongThong
    ) throws -> HomeOverdue {
        let number = UInt64(abs(name.hashValue))
        return HomeOverdue(
            dossier: ID(high: 2, low: number),
            area: TerritoryTitle(id: ID(high: 3, low: number), kind: .area, designation: .thon, name: name),
            commune: commune, holder: holder, awaited: awaited, isMending: isMending, due: try #require(Day(iso: due)))
    }

    @Test func theSameStepSinceTheSameDayIsOneLine() throws {
        let lines = HomeLate.lines([
            try late("Suối Mây", "2026-11-09", isMending: true), try late("Xuân Lạc", "2026-09-15"),
            try late("Đồi Thông", "2026-11-09", isMending: true),
            try late("Phước Sơn", "2026-10-31", .decider, "propose"),
        ])
        #expect(lines.map { $0.areas.map(\.name) } == [["Xuân Lạc"], ["Phước Sơn"], ["Suối Mây", "Đồi Thông"]])
        #expect(lines.map(\.what) == ["submit", "propose", "mend"])
        #expect(lines.map { $0.dossier != nil } == [true, true, false], "one dossier opens, several open the list")
    }

    @Test func areasOfTwoCommunesStandApart() throws {
        let lines = HomeLate.lines([
            try late("A", "2026-11-09"), try late("B", "2026-11-09", in: Self.other),
        ])
        #expect(lines.count == 2)
    }

    @Test func aCommuneSumsUpWhatIsLateInIt() throws {
        let communes = HomeLate.communes([
            try late("B", "2026-11-01", in: Self.other), try late("A", "2026-11-09", isMending: true),
            try late("C", "2026-11-09", isMending: true), try late("D", "2026-09-15"),
            try late("E", "2026-10-31", .commune, "accept"),
        ])
        #expect(communes.map(\.commune.name) == ["Đồng Thông (minh họa)", "Khác"], "the oldest first")
        #expect(communes[0].parts.map { "\($0.count) \($0.what)" } == ["1 submit", "2 mend", "1 accept"])
        #expect(communes[0].due == Day(iso: "2026-09-15"))
    }

    @Test func nothingLateIsNoLine() {
        #expect(HomeLate.lines([]).isEmpty)
        #expect(HomeLate.communes([]).isEmpty)
    }
}
