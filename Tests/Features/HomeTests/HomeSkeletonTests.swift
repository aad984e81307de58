import Core
import Testing

@testable import Home

@Suite("Home: which page a person gets") struct HomeSkeletonTests {
    @Test(arguments: [
        ([Role.areaHead], HomeSkeleton.area), ([.frontWorkCommitteeHead], .area), ([.cellSecretary], .area),
        ([.branchHead], .area), ([.helper], .area),
        ([.partySecretary], .commune), ([.communeFrontChair], .commune), ([.peoplesCommitteeViceChair], .commune),
        ([.cultureOfficer], .commune), ([.massOrganisation], .commune),
        ([.steeringOffice], .province), ([.provinceFront], .province),
        ([.standingCommittee], .standingCommittee),
        ([.administrator], .calm), ([.panelMember], .calm), ([.member], .calm), ([], .calm),
        // One person, several offices: the widest that carries work.
        ([.areaHead, .frontWorkCommitteeHead, .cellSecretary], .area), ([.areaHead, .member], .area),
        ([.member, .cultureOfficer], .commune), ([.areaHead, .massOrganisation], .commune),
        ([.standingCommittee, .partySecretary], .standingCommittee),
        ([.standingCommittee, .steeringOffice], .province),
        ([.administrator, .areaHead], .area),
    ])
    func thePageFollowsFromTheRoles(_ roles: [Role], _ page: HomeSkeleton) {
        #expect(HomeSkeleton.of(roles) == page)
        #expect(HomeSkeleton.of(roles.reversed()) == page, "the order of roles does not matter")
    }

    @Test func everyRoleHasAPage() {
        #expect(Set(Role.allCases.map { HomeSkeleton.of($0) }) == Set(HomeSkeleton.allCases))
    }

    @Test func theGreetingNamesTheOfficeOfThePage() {
        #expect(HomeSkeleton.office(of: [.member, .areaHead]) == .areaHead)
        #expect(HomeSkeleton.office(of: [.areaHead, .cultureOfficer]) == .cultureOfficer)
        #expect(HomeSkeleton.office(of: []) == nil)
    }
}

@Suite("Home: the order of duties") struct HomeOrderTests {
    private struct Duty: HomeWaiting, Equatable {
        let name: String
        let due: Day?
    }

    private func duty(_ name: String, _ due: String?) -> Duty { Duty(name: name, due: due.flatMap(Day.init(iso:))) }

    @Test func lateOnesComeFirstAndWhatHasNoDayLast() throws {
        let today = try #require(Day(iso: "2026-11-10"))
        let duties = [
            duty("later", "2026-11-20"), duty("undated", nil), duty("today", "2026-11-10"),
            duty("two days late", "2026-11-08"), duty("also later", "2026-11-20"), duty("long late", "2026-09-15"),
        ]
        #expect(
            HomeOrder.sorted(duties).map(\.name)
                == ["long late", "two days late", "today", "later", "also later", "undated"])
        #expect(HomeOrder.late(duties, on: today) == 2, "what is due today is in time")
    }

    @Test func nothingWaitingIsNothingLate() {
        #expect(HomeOrder.sorted([Duty]()).isEmpty)
        #expect(HomeOrder.late([Duty](), on: .first) == 0)
    }
}

@Suite("Home: figures and shapes") struct HomeStandingTests {
    @Test func countsAreByStanding() {
        let counts = HomeCounts([.passed, .passed, .mending, .underWay, .withdrawn])
        #expect(counts[.passed] == 2)
        #expect(counts[.notPassed] == 0)
        #expect(counts.all == 5)
        #expect(counts.registered == 4, "what was given back is not registered any more")
    }

    @Test func anAreaWithTwoDecidersCountsOnceWhereItsBetterDossierStands() {
        let (one, other) = (ID(high: 1, low: 1), ID(high: 1, low: 2))
        let counts = HomeCounts(areas: [
            (one, .withdrawn), (one, .underWay), (other, .passed), (other, .notPassed),
        ])
        #expect(counts == HomeCounts([.underWay, .passed]))
        #expect(counts.registered == 2 && HomeCounts(areas: [(one, .withdrawn)]).registered == 0)
    }

    @Test func aChartReadsFromTheBestToTheOneGivenBack() {
        let units = [
            HomeUnit(standing: .withdrawn, isLate: false), HomeUnit(standing: .underWay, isLate: true),
            HomeUnit(standing: .notPassed, isLate: false), HomeUnit(standing: .passed, isLate: false),
            HomeUnit(standing: .mending, isLate: false),
        ]
        #expect(HomeUnit.ordered(units).map(\.standing) == [.passed, .mending, .notPassed, .underWay, .withdrawn])
    }

    @Test(arguments: [
        (0, 2_000, 0, true), (999, 2_000, 49, true), (1_000, 2_000, 50, false), (1_999, 2_000, 99, false),
        (2_000, 2_000, 100, false), (5, 0, 0, false),
    ])
    func aBarIsFullOnlyWhenItsGroupIs(_ points: Int, _ maximum: Int, _ percent: Int, _ isUnder: Bool) {
        let group = HomePoints.Group("I", points, of: maximum)
        #expect(group.percent == percent)
        #expect(group.isUnderHalf == isUnder)
    }
}
