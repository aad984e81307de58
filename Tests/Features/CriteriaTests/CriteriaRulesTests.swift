import Core
import Database
import TestKit
import Testing

@testable import Criteria

@Suite("Rules of recognition", .databases) struct CriteriaRulesTests {
    private static let text = """
        kind: rules
        code: QC
        version: 1
        label: real
        name: {vi: Quy chế, en: Rules}
        issuer: Mặt trận tỉnh
        legalBasis: [Luật]
        effectiveFrom: 2026-01-01
        subject: residentialArea
        titles:
          - code: model
            name: {vi: Kiểu mẫu, en: Model}
            deciders: [{province: Ban Thường trực}]
        ballot: {minimumResponse: 60%, minimumSatisfied: {model: 2/3}}
        meeting: {quorum: "> 50%", carried: 2/3}
        term: {years: 5, recheckMonths: 6}
        procedure: {posting: {working: 7}, panelMembers: 7, days: {assessmentEnds: 09-20}}
        steps: {review: Họp cả thôn., giving: Trao ngày 18/11.}
        """

    private func read(_ text: String) throws -> CriteriaRules {
        try #require(Criteria.YAML.readRules(text).rules)
    }

    @Test func whatIsWrittenReadsBack() throws {
        let rules = try read(Self.text)
        #expect(try read(Criteria.YAML.write(rules)) == rules)
        #expect(rules.steps[.review] == "Họp cả thôn." && rules.title("model")?.deciders.first?.level == .province)
    }

    @Test func theDemonstrationsRulesAreRules() throws {
        let text = try Sample.file(Sample.root.appending(path: "Demonstration/rules.yaml"))
        let reading = Criteria.YAML.readRules(text)
        let rules = try #require(reading.rules)
        #expect(reading.faults.isEmpty && rules.steps.count == CriteriaRules.Step.allCases.count)
        // They say what the demonstration's set said of the way, until now the only place for it.
        let set = try Sample.demonstration()
        #expect(rules.procedure == set.procedure && rules.ballot == set.ballot && rules.meeting == set.meeting)
        #expect(rules.term == set.term)
    }

    private struct Broken: CustomTestStringConvertible {
        let testDescription: String
        let old: String
        let new: String
        let faults: [String]

        init(_ old: String, _ new: String, _ faults: String...) {
            testDescription = "\(old) → \(new)"
            self.old = old
            self.new = new
            self.faults = faults
        }
    }

    private static let broken = [
        Broken("kind: rules\n", "", "missingField kind"), Broken("kind: rules", "kind: set", "unknownWord kind"),
        Broken("code: QC", "code: ''", "missingCode code"),
        Broken("label: real\n", "", "missingField label"),
        Broken(
            "model: 2/3", "modle: 2/3", "unknownTitle ballot.minimumSatisfied.modle",
            "missingBallotShare ballot.minimumSatisfied"),
        Broken("working: 7", "working: 0", "deadlineOutside procedure.posting"),
        Broken("panelMembers: 7", "panelMembers: 2", "panelOutside procedure.panelMembers"),
        Broken("years: 5", "years: 11", "termOutside term"),
        Broken("minimumResponse: 60%", "minimumResponse: 160%", "shareOutside ballot.minimumResponse"),
        Broken("{review: Họp", "{revue: Họp", "unknownField steps.revue"),
        Broken("groups", "groups"),
        Broken("subject: residentialArea", "subject: residentialArea\ngroups: []", "unknownField groups"),
    ]

    @Test(arguments: broken) private func everyFaultIsNamedWithItsPlace(_ one: Broken) {
        let reading = Criteria.YAML.readRules(Self.text.replacing(one.old, with: one.new))
        #expect(
            reading.faults.filter { !$0.isWarning }.map { "\($0.key.rawValue) \($0.place)" }.sorted()
                == one.faults.sorted())
        #expect((reading.rules == nil) == !one.faults.isEmpty)
    }

    @Test func rulesGoBeforeTheSetAndLeaveTheRest() throws {
        let rules = try read(Self.text)
        let id = ID(high: 1, low: 9)
        var set = Sample.small()
        set.procedure = Criteria.Procedure(
            days: Criteria.Procedure.YearDay(month: 3, day: 31).map { [.registrationEnds: $0] } ?? [:],
            posting: .calendar(3), mending: .working(4))
        let governed = set.governed(by: rules, CriteriaRules.Reference(id: id, code: "QC", version: 1))
        #expect(governed.ballot == rules.ballot && governed.term?.years == 5 && governed.rules?.id == id)
        #expect(governed.procedure?.posting == .working(7) && governed.procedure?.mending == .working(4))
        #expect(governed.procedure?.days.count == 2 && governed.titles[0].deciders.first?.body == "Ban Thường trực")
        #expect(governed.standards == set.standards && governed.titles[0].pass == set.titles[0].pass)
        let bare = CriteriaRules(code: "X", name: Criteria.Name("X"), effectiveFrom: nil, titles: [])
        var same = set.governed(by: bare, CriteriaRules.Reference(id: id, code: "X", version: 1))
        same.rules = nil
        #expect(same == set)
    }

    @Test func aDifferenceNamesEachLine() throws {
        let old = try read(Self.text)
        let new = try read(
            Self.text.replacing("working: 7", with: "calendar: 14").replacing("carried: 2/3", with: "carried: 3/4")
                .replacing("version: 1", with: "version: 2"))
        let changes = Criteria.difference(from: old, to: new).map { "\($0.place) \($0.old ?? "-") \($0.new ?? "-")" }
        #expect(
            changes.sorted() == [
                "meeting.carried 2/3 75%", "procedure.posting.calendar - 14", "procedure.posting.working 7 -",
                "version 1 2",
            ])
    }

    @Test func aDocumentNeedsItsNumberAndDayUnlessItIsOnlyADemonstration() throws {
        let today = try #require(Day(iso: "2026-11-10"))
        func keys(_ label: CriteriaSet.Label, _ number: String?, _ day: Day?) -> [String] {
            let refusal = Criteria.documentRefusal(label: label, number: number, day: day, on: today)
            return (refusal.map { [$0] + $0.others } ?? []).map(\.key)
        }
        #expect(keys(.real, nil, nil) == ["criteria.refusal.noNumber", "criteria.refusal.noDay"])
        #expect(keys(.real, "1/QC", nil) == ["criteria.refusal.noDay"] && keys(.real, "1/QC", today).isEmpty)
        #expect(keys(.demonstration, nil, nil).isEmpty)
        #expect(keys(.demonstration, "1/QC", nil) == ["criteria.refusal.noDay"])
        #expect(keys(.real, "1/QC", today.adding(days: 1)) == ["criteria.refusal.dayAhead"])
    }

    @Test(arguments: TestEngine.all) func rulesLiveAsSetsDo(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let (first, second) = (Self.text, Self.text.replacing("version: 1", with: "version: 2"))
        try await test.database.unattended(.seed) { tx in
            let one = try CriteriaRulesStore.addPublished(first, for: Place.lamDong.id, tx)
            #expect(throws: Refusal.self) {
                try CriteriaRulesStore.add(NewCriteriaRules(first, for: Place.lamDong.id, by: nil), tx)
            }
            #expect(throws: Refusal.self) {
                try CriteriaRulesStore.add(NewCriteriaRules(second, for: Place.donDuong.id, by: nil), tx)
            }
            let two = try CriteriaRulesStore.add(NewCriteriaRules(second, for: Place.lamDong.id, by: nil), tx)
            let day = TestClock.today
            let before = try CriteriaRulesStore.current(.residentialArea, on: day, for: Place.thongXanh.id, tx)
            #expect(before?.reference.id == one)
            let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])
            let draft = try CriteriaRulesStore.stored(two, seenBy: sight, tx)
            try CriteriaRulesStore.publish(
                draft, by: Member.doThiHanh.id, document: IssuedDocument(number: "9/QC", day: day), tx)
            let after = try CriteriaRulesStore.current(.residentialArea, on: day, for: Place.thongXanh.id, tx)
            #expect(after?.reference.version == 2)
            let kept = try CriteriaRulesStore.stored(two, tx)
            #expect(kept.documentNumber == "9/QC" && kept.documentDay == day && kept.revision == 2)
            #expect(try CriteriaRulesStore.rules(one, tx).status == .superseded)
            #expect(throws: Refusal.self) { try CriteriaRulesStore.remove(draft, tx) }
            #expect(try CriteriaRulesStore.current(.commune, on: day, tx) == nil)
            return Receipt()
        }
    }
}
