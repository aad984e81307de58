import Core
import Database
import TestKit
import Testing

@testable import Criteria

/// A frame binds what is laid over the sets derived from it, and is not shaken off by a line left out.
@Suite("Rules and sets held to their frame", .databases) struct CriteriaFrameRulesTests {
    private static let strict = Criteria.MeetingRule(quorum: .percent(60), carried: .percent(60))
    private static let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])

    private static func rules(_ quorum: String, version: Int = 1, code: String = "QC", from: String = "2026-01-01")
        -> String
    {
        """
        kind: rules
        code: \(code)
        version: \(version)
        label: demonstration
        name: Quy chế
        effectiveFrom: \(from)
        subject: residentialArea
        titles: [{code: model}]
        meeting: {quorum: \(quorum), carried: 70%}
        """
    }

    private static func set(_ code: String, version: Int = 1, frame: (String, Int)?) throws -> String {
        try Criteria.YAML.write(
            Sample.small {
                $0.code = code
                $0.version = version
                $0.meeting = strict
                $0.frame = frame.map { CriteriaSet.Frame(code: $0.0, version: $0.1) }
            })
    }

    private static func faults(_ rules: ID, _ tx: Transaction) throws -> [Criteria.Fault] {
        try CriteriaRulesStore.publication(
            of: CriteriaRulesStore.stored(rules, seenBy: sight, tx), on: tx.now.day, tx
        ).filter { !$0.isWarning }
    }

    private static func publication(_ set: ID, _ tx: Transaction) throws -> Criteria.Publication {
        try CriteriaStore.publication(of: CriteriaStore.stored(set, seenBy: sight, tx), on: tx.now.day, tx)
    }

    /// Rules below the frame of a set in force are refused beside their own lines, wherever that set stands above or
    /// below them.
    @Test(arguments: TestEngine.all) func rulesThatAskForLessThanTheFrameAreRefused(on engine: TestEngine) async throws
    {
        let test = try await TestDatabase(engine, .cast)
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.addPublished(Self.set("KHUNG", frame: nil), for: Place.lamDong.id, tx)
            // Nothing was derived from it yet.
            let early = try CriteriaRulesStore.addPublished(Self.rules("50%"), for: Place.kaDo.id, tx)
            #expect(try Self.faults(early, tx).map(\.key) == [.versionNotNewer])
            try CriteriaStore.addPublished(Self.set("RIENG", frame: ("KHUNG", 1)), for: Place.lamDong.id, tx)
            for (code, place) in [("A", Place.lamDong), ("B", .donDuong)] {
                let draft = try CriteriaRulesStore.add(
                    NewCriteriaRules(Self.rules("50%", code: code), for: place.id, by: nil), tx)
                let faults = try Self.faults(draft, tx)
                #expect(faults.map(\.key) == [.frameRulesLoosened], "\(place)")
                #expect(faults.first?.place == "meeting.quorum" && faults.first?.line == 9, "\(place)")
                #expect(faults.first?.arguments == ["set": "RIENG", "frame": "KHUNG 1"], "\(place)")
                let record = try CriteriaRulesStore.stored(draft, seenBy: Self.sight, tx)
                let refusal = #expect(throws: Refusal.self) { try CriteriaRulesStore.publish(record, by: nil, tx) }
                #expect(refusal?.key == "criteria.refusal.faulty")
                try CriteriaRulesStore.replace(
                    record, with: NewCriteriaRules(Self.rules("60%", code: code), for: place.id, by: nil), tx)
                try CriteriaRulesStore.publish(CriteriaRulesStore.stored(draft, seenBy: Self.sight, tx), by: nil, tx)
            }
            return Receipt()
        }
    }

    /// A commune's own frame binds the commune, not the province above it.
    @Test(arguments: TestEngine.all) func aFrameOfBelowDoesNotBindThoseAbove(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.addPublished(Self.set("KHUNG", frame: nil), for: Place.donDuong.id, tx)
            try CriteriaStore.addPublished(Self.set("RIENG", frame: ("KHUNG", 1)), for: Place.donDuong.id, tx)
            try CriteriaRulesStore.addPublished(Self.rules("50%"), for: Place.lamDong.id, tx)
            let own = try CriteriaRulesStore.add(
                NewCriteriaRules(Self.rules("50%", code: "XA"), for: Place.donDuong.id, by: nil), tx)
            #expect(try Self.faults(own, tx).map(\.key) == [.frameRulesLoosened])
            return Receipt()
        }
    }

    /// The other way round: the rules stood first. Rules that begin later are heeded too, and what a nearer unit's rules
    /// cover is not.
    @Test(arguments: TestEngine.all) func aSetUnderRulesBelowItsFrameIsRefused(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        try await test.database.unattended(.seed) { tx in
            try CriteriaRulesStore.addPublished(Self.rules("60%"), for: Place.lamDong.id, tx)
            try CriteriaRulesStore.addPublished(
                Self.rules("50%", version: 2, from: "2027-01-01"), for: Place.lamDong.id, tx)
            try CriteriaRulesStore.addPublished(Self.rules("40%", code: "XA"), for: Place.kaDo.id, tx)
            try CriteriaStore.addPublished(Self.set("KHUNG", frame: nil), for: Place.lamDong.id, tx)
            let set = try CriteriaStore.add(
                NewCriteriaSet(Self.set("RIENG", frame: ("KHUNG", 1)), for: Place.lamDong.id, by: nil), tx)
            let found = try Self.publication(set, tx)
            #expect(found.hinders.map { "\($0.key.rawValue) \($0.place)" } == ["frameGovernedLooser meeting.quorum"])
            #expect(found.hinders.first?.arguments == ["rules": "QC 2", "frame": "KHUNG 1"])
            #expect(
                found.warnings.filter { $0.key == .frameRulesBelow }.compactMap { $0.arguments["rules"] } == ["XA 1"])
            let record = try CriteriaStore.stored(set, seenBy: Self.sight, tx)
            #expect(throws: Refusal.self) { try CriteriaStore.publish(record, by: nil, tx) }
            try CriteriaRulesStore.addPublished(
                Self.rules("60%", version: 3, from: "2027-01-01"), for: Place.lamDong.id, tx)
            #expect(try Self.publication(set, tx).isPossible)
            try CriteriaStore.publish(record, by: nil, tx)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func aFrameIsNotShakenOff(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.addPublished(Self.set("KHUNG", frame: nil), for: Place.lamDong.id, tx)
            try CriteriaStore.addPublished(Self.set("RIENG", frame: ("KHUNG", 1)), for: Place.lamDong.id, tx)
            let cases: [((String, Int)?, String, Criteria.Fault.Key)] = [
                (nil, "frame", .frameDropped), (("KHUNG", 9), "frame.version", .frameVersionUnknown),
                (("LA", 1), "frame", .frameDropped),
            ]
            for (number, one) in cases.enumerated() {
                let set = try CriteriaStore.add(
                    NewCriteriaSet(
                        Self.set("RIENG", version: 2 + number, frame: one.0), for: Place.lamDong.id, by: nil), tx)
                let found = try Self.publication(set, tx)
                #expect(found.hinders.map { "\($0.key.rawValue) \($0.place)" } == ["\(one.2.rawValue) \(one.1)"])
                #expect(!found.faults.contains { $0.key == .frameUnknown })
            }
            // A frame that is still being drafted is none yet, whoever names it.
            _ = try CriteriaStore.add(
                NewCriteriaSet(Self.set("KHUNG", version: 2, frame: nil), for: Place.lamDong.id, by: nil), tx)
            let other = try CriteriaStore.add(
                NewCriteriaSet(Self.set("KHAC", frame: ("KHUNG", 2)), for: Place.lamDong.id, by: nil), tx)
            #expect(try Self.publication(other, tx).hinders.map(\.key) == [.frameVersionUnknown])
            return Receipt()
        }
    }

    /// On the page and as JSON: the set, its frame and the line are named.
    @Test func thePageNamesSetFrameAndLine() async throws {
        let site = try await TestSite(.sqlite)
        try await site.database.unattended(.seed) { tx in
            try CriteriaStore.addPublished(Self.set("KHUNG", frame: nil), for: Place.lamDong.id, tx)
            try CriteriaStore.addPublished(Self.set("RIENG", frame: ("KHUNG", 1)), for: Place.lamDong.id, tx)
            return Receipt()
        }
        let draft = try await site.database.unattended(
            .seed,
            giving: {
                try CriteriaRulesStore.add(NewCriteriaRules(Self.rules("50%"), for: Place.lamDong.id, by: nil), $0)
            })
        let hanh = try await site.signIn(.doThiHanh)
        for page in ["/rules/\(draft)", "/rules/\(draft)/publication"] {
            let shown = try await hanh.open(page).expectStatus(200)
            #expect(shown.says("Bộ RIENG lập theo tiêu chuẩn khung KHUNG 1") && shown.says("Dòng 9"), "\(page)")
        }
        let sent = try await hanh.json("/rules/\(draft)/publication", sending: #"{"revision": 1, "past": true}"#)
        #expect(sent.status == 422 && sent.body.contains("meeting.quorum") && sent.body.contains("RIENG"))
    }
}
