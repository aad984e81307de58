import Core
import Criteria
import Database
import Organisation
import Recognition

/// The values of a dossier that are not an office's (`DemonstrationOffices`): what the area fills of an evening, in years
/// without grids all of them, and what the commune and the panel found otherwise.
enum DemonstrationValues {
    private static let file = DemonstrationRound.file

    private struct New: Sendable {
        let value: Recognition.NewValue
        /// Of the value it stands in the place of; 0 where there was none.
        let version: Int
    }

    static func happenings(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands, _ story: DemonstrationFiles
    ) throws -> [DemonstrationHappening] {
        var happenings: [DemonstrationHappening] = []
        guard let last = dossier.days.selfAssessed else { return happenings }
        for (day, clock, codes) in evenings(dossier, codes(of: dossier, story), last) {
            happenings.append(
                try DemonstrationHappening(day, clock, file, dossier.area) { scene in
                    try await fill(codes, of: dossier, by: hands.area, scene)
                })
        }
        for back in dossier.returns ?? [] {
            guard let day = back.mended, let answers = back.answers else { continue }
            happenings.append(
                try DemonstrationHappening(day, Evening.clock(dossier.area, 40), file, dossier.area) { scene in
                    try await answer(answers, dossier, by: hands.area, scene)
                })
        }
        return happenings
    }

    /// Where the hour of handing in is known all was filled just before; otherwise on evenings of the days before.
    private static func evenings(
        _ dossier: DemonstrationDossier, _ codes: [String], _ last: Day
    ) -> [(day: Day, clock: String, codes: [String])] {
        if let handedIn = dossier.handedIn, let hour = Int(handedIn.prefix(2)), let minute = Int(handedIn.suffix(2)) {
            return [(last, Hour.clock(max(0, hour * 60 + minute - 9)), codes)]
        }
        return stride(from: 0, to: codes.count, by: 2).map { start in
            let daysBefore = (codes.count - start + 1) / 2
            return (
                last.adding(days: -daysBefore), Evening.clock(dossier.area, start * 3),
                Array(codes[start..<min(start + 2, codes.count)])
            )
        }
    }

    /// The area's own values, saved by whoever fills them in.
    private static func fill(
        _ codes: [String], of dossier: DemonstrationDossier, by hand: DemonstrationHand, _ scene: DemonstrationScene
    ) async throws {
        try await put(try values(codes, of: dossier, scene.story), dossier, by: hand, scene)
    }

    /// The same values again, with what the area has to say to the return.
    private static func answer(
        _ answers: [String: String], _ dossier: DemonstrationDossier, by hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        let new = try answers.keys.sorted().map { code in
            New(
                value: Recognition.NewValue(
                    code: code, value: try scene.story.value(dossier.own?[code] ?? "", of: code, in: dossier),
                    note: answers[code]),
                version: 1)
        }
        try await put(new, dossier, by: hand, scene)
    }

    /// Where the commune saw another value.
    static func save(
        _ dossier: DemonstrationDossier, _ side: Recognition.Side, by hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        let given = (side == .check ? dossier.check : dossier.appraisal) ?? [:]
        guard !given.isEmpty else { return }
        let new = try given.keys.sorted().map { code in
            New(
                value: Recognition.NewValue(
                    code: code, side: side, value: try scene.story.value(given[code] ?? "", of: code, in: dossier),
                    note: scene.story.note(code, beside: side, in: dossier)),
                version: 0)
        }
        try await put(new, dossier, by: hand, needing: .checkDossier, scene)
    }

    private static func values(
        _ codes: [String], of dossier: DemonstrationDossier, _ story: DemonstrationFiles
    ) throws -> [New] {
        try codes.map { code in
            New(
                value: Recognition.NewValue(
                    code: code, value: try story.value(dossier.own?[code] ?? "", of: code, in: dossier),
                    note: story.note(code, beside: .own, in: dossier)),
                version: 0)
        }
    }

    private static func put(
        _ new: [New], _ dossier: DemonstrationDossier, by hand: DemonstrationHand = .nobody,
        needing capability: Capability = .fillAssessment, _ scene: DemonstrationScene
    ) async throws {
        guard !new.isEmpty else { return }
        let id = try scene.dossier(dossier.area)
        try await scene.act(
            hand, capability, as: "value.save", on: { try RecognitionStore.dossier(id, unattended: $0) }
        ) { _, deed, tx in
            for new in new {
                let saving = try RecognitionStore.save(new.value, dossier: id, over: new.version, deed, tx)
                guard case .saved = saving else {
                    throw DemonstrationFault(
                        file: file, key: "\(dossier.area).\(new.value.code)", problem: "saved twice")
                }
            }
            return Receipt(id: id)
        }
    }

    /// The codes that this dossier has values for and that no office fills in, in the set's order.
    private static func codes(of dossier: DemonstrationDossier, _ story: DemonstrationFiles) -> [String] {
        let hasGrids = story.offices.year == story.year.year
        return story.set.indicators.filter { indicator in
            (!hasGrids || indicator.supplier?.source ?? .area == .area) && dossier.own?[indicator.code] != nil
        }.map(\.code)
    }
}
