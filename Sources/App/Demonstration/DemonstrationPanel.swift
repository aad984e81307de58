import Core
import Criteria
import Database
import Organisation
import Recognition

/// The communes' submissions and the appraisal panel: declarations, blind scores, visits, minutes.
enum DemonstrationPanel {
    private static let file = DemonstrationRound.file

    static func happenings(
        _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) throws -> [DemonstrationHappening] {
        let forwarded = story.year.dossiers.filter { $0.days.submitted != nil }
        guard let day = forwarded.compactMap(\.days.submitted).max() else { return [] }
        var happenings = try story.bodies.perCommune.communes.enumerated().compactMap { index, commune in
            let listed = forwarded.filter { dossier in
                story.areas.contains { $0.key == dossier.area && $0.commune == commune }
            }
            return listed.isEmpty
                ? nil
                : try submission(
                    of: listed, from: commune, number: (story.year.submissionsFrom ?? 41) + index, day, story)
        }
        let formed = WorkingCalendar.vietnam.adding(workingDays: 1, to: day)
        happenings.append(
            try DemonstrationHappening(formed, "09:10", file, "panel") { scene in
                try await form(over: forwarded, story, scene)
            })
        for dossier in forwarded { happenings += try work(on: dossier, from: formed, story) }
        happenings += try DemonstrationRoute.happenings(forwarded, from: formed, story)
        return happenings
    }

    private static func submission(
        of listed: [DemonstrationDossier], from commune: String, number: Int, _ day: Day, _ story: DemonstrationFiles
    ) throws -> DemonstrationHappening {
        try DemonstrationHappening(day, Morning.clock(commune, 60), file, commune) { scene in
            let (unit, body) = (try scene.unit(commune), try scene.body("mttq-\(commune)"))
            let chair = try scene.holder(of: [.communeFrontChair], over: commune)
            let hand = DemonstrationHand(actor: chair, organisation: body)
            let dossiers = try listed.map { try scene.dossier($0.area) }
            let new = Recognition.NewSubmission(
                territory: unit, organisation: body, year: story.year.year,
                text: "Đề nghị xem xét, thẩm định và công nhận các khu dân cư có tên trong danh sách kèm theo.",
                dossiers: dossiers)
            let receipt = try await scene.act(
                hand, .forwardDossiers, as: "submission.draft",
                on: { try OrganisationStore.publicTerritory(unit, $0) }
            ) { _, deed, tx in Receipt(id: try RecognitionStore.draftSubmission(new, deed, tx)) }
            guard let id = receipt.id else { return }
            let paper = Recognition.SubmissionPaper(
                number: "\(number)/TTr-MTTQ (minh họa)", day: day, signer: chair?.name ?? "Người ký minh họa",
                office: "Chủ tịch")
            try await scene.act(
                hand, .forwardDossiers, as: "submission.send",
                on: { try RecognitionStore.submission(id, unattended: $0) }
            ) { submission, deed, tx in
                try RecognitionStore.send(submission, paper, deed, tx)
                return Receipt(id: id)
            }
        }
    }

    static func members(_ story: DemonstrationFiles) -> [DemonstrationPerson] {
        story.cast.filter { person in person.roles.contains { $0.role.role == .panelMember } }
    }

    private static func form(
        over dossiers: [DemonstrationDossier], _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) async throws {
        guard let draft = story.year.drafts.first else { return }
        let unit = try scene.place(ofBody: draft.decidedBy)
        let body = try scene.body(draft.decidedBy)
        let members = try members(story).map { try scene.person($0.key) }
        let new = Recognition.NewPanel(
            territory: unit, organisation: body,
            name: story.year.panel ?? "Tổ thẩm định năm \(story.year.year) (minh họa)",
            year: story.year.year, chair: members.first, secretary: members.dropFirst().first, members: members,
            dossiers: try dossiers.map { try scene.dossier($0.area) })
        let former = try story.cast.first { person in
            person.roles.contains {
                $0.organisation == draft.decidedBy && $0.role.role.capabilities.contains(.formPanel)
            }
        }.map { try scene.actor($0.key) }
        try await scene.act(
            DemonstrationHand(actor: former, organisation: body), .formPanel, as: "panel.form",
            on: { try OrganisationStore.publicTerritory(unit, $0) }
        ) { _, deed, tx in Receipt(id: try RecognitionStore.formPanel(new, deed, tx)) }
    }

    /// What the panel does about one dossier, from the declarations to the minutes.
    private static func work(
        on dossier: DemonstrationDossier, from formed: Day, _ story: DemonstrationFiles
    ) throws -> [DemonstrationHappening] {
        let members = members(story)
        var happenings = try members.enumerated().map { index, member in
            try DemonstrationHappening(formed, "1\(4 + index):05", file, dossier.area) { scene in
                try await act(dossier, member, as: "panel.declare", scene) { id, deed, tx in
                    try RecognitionStore.declare(.none, reason: nil, dossier: id, deed, tx)
                }
            }
        }
        guard let visited = dossier.days.visited, let concluded = dossier.days.appraised, let chair = members.first
        else { return happenings }
        let judged = story.set.indicators.filter { Recognition.PanelRules.isScoredByAll($0) }.map(\.code)
        happenings.append(
            try DemonstrationHappening(visited, "09:\(10 + Hour.spread(dossier.area, 40))", file, dossier.area) {
                try await visit(dossier, judged, members, $0)
            })
        for (index, member) in members.enumerated() {
            happenings.append(
                try DemonstrationHappening(visited, "14:\(10 + index * 12)", file, dossier.area) { scene in
                    try await score(dossier, member, index, scene)
                })
        }
        happenings.append(
            try DemonstrationHappening(concluded, "15:40", file, dossier.area) { scene in
                try await settle(dossier, by: chair, scene)
            })
        happenings.append(
            try DemonstrationHappening(concluded, "16:\(10 + Hour.spread(dossier.area, 40))", file, dossier.area) {
                try await act(dossier, chair, as: "panel.conclude", $0) { id, deed, tx in
                    _ = try RecognitionStore.conclude(
                        dossier.state == .passed ? .passes : .passesNot, reason: dossier.reason, remark: nil,
                        dossier: id, deed, tx)
                }
            })
        return happenings
    }

    /// What the panel finds: its own value where the story has one, else the commune's, else the area's.
    private static func found(_ code: String, in dossier: DemonstrationDossier) -> String? {
        dossier.appraisal?[code] ?? dossier.check?[code] ?? dossier.own?[code]
    }

    private static func visit(
        _ dossier: DemonstrationDossier, _ judged: [String], _ members: [DemonstrationPerson],
        _ scene: DemonstrationScene
    ) async throws {
        guard let chair = members.first, let day = dossier.days.visited else { return }
        let looks = judged.filter { dossier.own?[$0] != nil }.map { code in
            Recognition.Visit.Look(
                code: code,
                result: found(code, in: dossier) == dossier.own?[code] ? .asWritten : .otherwise,
                note: scene.story.note(code, beside: .appraisal, in: dossier))
        }
        let visit = Recognition.NewVisit(
            day: day, members: try members.map { try scene.person($0.key) }, remark: nil, looks: looks)
        try await act(dossier, chair, as: "panel.visit", scene) { id, deed, tx in
            _ = try RecognitionStore.putVisit(visit, dossier: id, deed, tx)
        }
    }

    /// A member's blind scores: of what all score, and of what the draw asks this one for.
    private static func score(
        _ dossier: DemonstrationDossier, _ member: DemonstrationPerson, _ index: Int, _ scene: DemonstrationScene
    ) async throws {
        var given: [String: Criteria.Value] = [:]
        for code in scene.story.set.indicators.map(\.code) {
            let blind = dossier.panel?[code]?.blind
            let text = blind.flatMap { index < $0.count ? $0[index] : nil } ?? found(code, in: dossier)
            given[code] = try text.map { try scene.story.value($0, of: code, in: dossier) }
        }
        let values = given
        try await act(dossier, member, as: "panel.score", scene) { id, deed, tx in
            let now = try RecognitionStore.dossier(id, unattended: tx)
            guard let person = deed.person, let work = try RecognitionStore.work(on: now, today: deed.at.day, tx)
            else { return }
            for code in work.scoring.judged where work.scoring.assigned(code).contains(person) {
                // The draw may fall on the area's own indicator, which no file tells.
                let told = try values[code] ?? RecognitionStore.assessments([now], tx)[now.id]?.effective(code, .check)
                guard let value = told else { continue }
                try RecognitionStore.putScore(code, value, note: nil, dossier: id, deed, tx)
            }
        }
    }

    /// What the minutes settle: where blind scores differed, and every other value the panel found otherwise.
    private static func settle(
        _ dossier: DemonstrationDossier, by chair: DemonstrationPerson, _ scene: DemonstrationScene
    ) async throws {
        let differing = (dossier.panel ?? [:]).mapValues(\.minutes)
        let changed = (dossier.appraisal ?? [:]).filter { code, value in
            value != (dossier.check?[code] ?? dossier.own?[code])
        }
        let settlements = try differing.merging(changed) { first, _ in first }.sorted { $0.key < $1.key }.map {
            Recognition.Settlement(
                code: $0.key, value: try scene.story.value($0.value, of: $0.key, in: dossier),
                reason: dossier.notes?[$0.key] ?? "Tổ xem lại tại chỗ.")
        }
        guard !settlements.isEmpty else { return }
        try await act(dossier, chair, as: "panel.settle", scene) { id, deed, tx in
            for settlement in settlements {
                try RecognitionStore.settle(settlement, dossier: id, deed, tx)
            }
        }
    }

    static func act(
        _ dossier: DemonstrationDossier, _ member: DemonstrationPerson, as act: String, _ scene: DemonstrationScene,
        _ effect: @escaping @Sendable (ID, Recognition.Deed, Transaction) throws -> Void
    ) async throws {
        let id = try scene.dossier(dossier.area)
        let hand = DemonstrationHand(actor: try scene.actor(member.key), organisation: nil)
        try await scene.act(hand, .appraise, as: act, on: { try RecognitionStore.dossier(id, unattended: $0) }) {
            _, deed, tx in
            try effect(id, deed, tx)
            return Receipt(id: id)
        }
    }
}
