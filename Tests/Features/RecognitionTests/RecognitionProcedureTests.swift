import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

/// The rules of the way that a dossier froze with its criteria set go before the product's own.
@Suite("The way as the criteria set has it", .databases) struct RecognitionProcedureTests {
    private typealias YearDay = Criteria.Procedure.YearDay

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test func whatTheSetLeavesOutStays() throws {
        let standard = Recognition.YearCalendar.standard
        let procedure = Criteria.Procedure(
            days: [.assessmentEnds: try #require(YearDay(text: "08-31"))], mending: .calendar(7))
        let own = standard.following(procedure)
        #expect(own.day(.assessmentEnds, of: 2026) == (try day("2026-08-31")))
        #expect(own.day(.checkEnds, of: 2026) == standard.day(.checkEnds, of: 2026))
        #expect(own.mending == .calendar(7) && own.least == standard.least)
        #expect(own.due(.assessing, year: 2026, since: try day("2026-03-28")) == (try day("2026-08-31")))
        #expect(own.due(.returned, year: 2026, since: try day("2026-10-05")) == (try day("2026-10-12")))
        #expect(standard.following(nil).days == standard.days)
    }

    @Test func theDaysOfOneStoryStayAsTheyWere() throws {
        let standard = Recognition.YearCalendar.standard
        let told = Recognition.YearCalendar(
            days: standard.days, mending: .calendar(3), least: standard.least, isFinal: true)
        #expect(told.following(Criteria.Procedure(mending: .calendar(30))).mending == .calendar(3))
    }

    @Test(arguments: [(nil, 10), (Deadline.calendar(15), 15), (.working(10), 16), (.calendar(120), 60)])
    func aPostingStandsAsLongAsTheSetSays(_ posting: Deadline?, days: Int) {
        var set = RecognitionSamples.set
        set.procedure = posting.map { Criteria.Procedure(posting: $0) }
        #expect(Recognition.Terms.of(set, for: "model").postingDays == days)
    }

    @Test func aPanelIsAsLargeAsTheStrictestSetOfItsDossiersAsks() {
        var (five, none) = (RecognitionSamples.set, RecognitionSamples.set)
        five.procedure = Criteria.Procedure(panelMembers: 5)
        none.procedure = nil
        #expect(Recognition.PanelRules.leastMembers(under: []) == 3)
        #expect(Recognition.PanelRules.leastMembers(under: [none]) == 3)
        #expect(Recognition.PanelRules.leastMembers(under: [none, five]) == 5)
        func refusals(_ count: Int) -> [String] {
            let seats = (0..<count).map { index in
                Recognition.PanelSeat(
                    ID(high: 0x7003, low: 1 << 63 | UInt64(index)), "P\(index)",
                    index == 0 ? .chair : index == 1 ? .secretary : .member)
            }
            return (Recognition.PanelPlan(members: seats, tied: [], dossiers: 1, least: 5).refusal?.all ?? []).map(
                \.key)
        }
        #expect(refusals(4) == ["recognition.panel.refusal.tooFew"] && refusals(5) == [])
    }

    @Test(arguments: TestEngine.all) func aDossierGoesByTheSetItFroze(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-03-28")))
        let way = """
            procedure:
              days: {registrationEnds: 04-30, assessmentEnds: 08-31, reviewEnds: 09-10}
              posting: {calendar: 15}
            groups:
            """
        let set = try await Scene.begin(
            site.database, criteria: Scene.criteria.replacing("groups:\n", with: way + "\n", maxReplacements: 1))
        let (sixtieth, tenth) = (try day("2026-10-04"), try day("2026-09-29"))
        try await site.database.unattended(.seed) { tx in
            let id = try Scene.register(set, tx)
            #expect(try Walk.now(id, tx).due == Day(iso: "2026-08-31"))
            try Walk.fill(id, tx)
            try Walk.handIn(id, tx)
            try Walk.hold(id, tx)
            #expect(throws: Refusal.self, "ten days are too few under this set") {
                try RecognitionStore.post(
                    Walk.now(id, tx), from: tenth.adding(days: -9), last: tenth,
                    Walk.deed(.yaThuong, "2026-09-20", hour: 7), tx)
            }
            try Walk.post(id, tx)
            #expect(try RecognitionStore.posting(of: id, tx)?.days.last == sixtieth)
            return Receipt()
        }
        // Registration is open until the set's own day.
        site.clock.move(to: try day("2026-04-20"))
        let head = try await site.signIn(.yaThuong)
        let area = try await head.json("/areas/\(Place.thongXanh.id)/dossiers").jsonObject
        #expect(area["registrationYear"] as? Int == 2026 && area["registrationEnds"] as? String == "2026-04-30")
    }

    /// What pages say of the rules is what the dossier's rules say, not what they usually are.
    @Test(arguments: TestEngine.all) func pagesSayTheRulesOfTheDossier(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-08")))
        let way = """
            meeting: {quorum: 2/3, carried: "> 60%"}
            procedure: {mending: {calendar: 7}}
            groups:
            """
        let set = try await Scene.begin(
            site.database, criteria: Scene.criteria.replacing("groups:\n", with: way + "\n", maxReplacements: 1))
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.fill(id, tx)
                try Walk.handIn(id, tx)
                return id
            })
        let meeting = try await site.signIn(.yaThuong).open("/dossiers/\(id)/review").expectStatus(200)
        #expect(meeting.says("143 hộ trong 214 hộ dự thì hội nghị mới biểu quyết (từ 2/3 số hộ)."))
        #expect(meeting.says("Chỉ tiêu được thông qua khi hơn 60 % số hộ dự đồng ý."))
        try await site.database.unattended(.seed) { tx in
            try Walk.fromReview(id, Walk.count, tx)
            return Receipt()
        }
        let check = try await site.signIn(.kaHuong).open("/dossiers/\(id)/check").expectStatus(200)
        #expect(check.says("Trả lại thì thôn có 7 ngày để bổ sung"))
        let json = try await site.signIn(.kaHuong).json("/dossiers/\(id)/check").jsonObject
        #expect(json["mendingDays"] as? Int == 7 && json["mendingIsWorking"] as? Bool == false)
    }
}
