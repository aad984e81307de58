import Core
import Criteria
import Database
import Offices
import Recognition

/// The panel's routes of field checks, every third stop unannounced, and what it asked of the offices. The visit that
/// is still to come is of the invented Đồng Thông, and nobody there knows of it.
enum DemonstrationRoute {
    private static let file = DemonstrationRound.file
    /// Two mornings and an afternoon.
    private static let times = [8 * 60, 9 * 60 + 45, 14 * 60]

    static func happenings(
        _ dossiers: [DemonstrationDossier], from formed: Day, _ story: DemonstrationFiles
    ) throws -> [DemonstrationHappening] {
        guard let chair = DemonstrationPanel.members(story).first else { return [] }
        var happenings: [DemonstrationHappening] = []
        let days = Dictionary(grouping: dossiers.filter { $0.days.visited != nil }) { $0.days.visited ?? formed }
        for (day, visited) in days.sorted(by: { $0.key < $1.key }) {
            happenings.append(
                try DemonstrationHappening(max(formed, day.adding(days: -1)), "16:50", file, "route") {
                    try await plan(visited, on: day, by: chair, $0)
                })
        }
        let coming = dossiers.filter { $0.state == .visitDue }
        if !coming.isEmpty {
            happenings.append(
                try DemonstrationHappening(story.year.today.adding(days: -1), "16:50", file, "route") {
                    try await plan(coming, on: story.year.today.adding(days: 1), by: chair, isSecret: true, $0)
                })
        }
        let answering = dossiers.filter { $0.area == DemonstrationPicture.area }
        for dossier in answering + coming {
            happenings.append(
                try DemonstrationHappening(formed.adding(days: 1), "08:20", file, dossier.area) {
                    try await ask(dossier, by: chair, $0)
                })
        }
        for dossier in answering {
            happenings.append(
                try DemonstrationHappening(formed.adding(days: 3), "10:35", file, dossier.area) {
                    try await confirm(dossier, $0)
                })
        }
        return happenings
    }

    private static func plan(
        _ dossiers: [DemonstrationDossier], on day: Day, by chair: DemonstrationPerson, isSecret: Bool = false,
        _ scene: DemonstrationScene
    ) async throws {
        guard let first = dossiers.first else { return }
        let stops = try dossiers.enumerated().map { index, dossier in
            Recognition.VisitStop(
                dossier: try scene.dossier(dossier.area), area: dossier.area, start: times[index % times.count],
                isAnnounced: !isSecret && Hour.spread(dossier.area, 3) != 0)
        }
        try await DemonstrationPanel.act(first, chair, as: "panel.route", scene) { id, deed, tx in
            guard let appraisal = try RecognitionStore.appraisal(of: id, tx) else { return }
            let panel = try RecognitionStore.panel(appraisal.panel, unattended: tx)
            try RecognitionStore.planRoute(Recognition.VisitRoute(day: day, stops: stops), of: panel, deed, tx)
        }
    }

    private static func ask(
        _ dossier: DemonstrationDossier, by chair: DemonstrationPerson, _ scene: DemonstrationScene
    ) async throws {
        try await DemonstrationPanel.act(dossier, chair, as: "panel.ask", scene) { id, deed, tx in
            let now = try RecognitionStore.dossier(id, unattended: tx)
            let set = try CriteriaStore.set(now.criteriaSet, tx)
            let holders = try OfficesStore.asked(of: now.area.id, setCode: set.code, year: now.year, tx)
                .mapValues(\.organisation)
            guard !holders.isEmpty else { return }
            try RecognitionStore.askOffices(holders, about: id, deed, tx)
        }
    }

    /// The offices find their values as they wrote them.
    private static func confirm(_ dossier: DemonstrationDossier, _ scene: DemonstrationScene) async throws {
        let id = try scene.dossier(dossier.area)
        try await scene.database.unattended(.seed) { tx in
            let now = try RecognitionStore.dossier(id, unattended: tx)
            for asked in try RecognitionStore.confirmations(of: now, tx) {
                try RecognitionStore.confirm(
                    asked.id, Recognition.ConfirmationAnswer(.confirmed), for: [asked.organisation],
                    Recognition.Deed(person: nil, organisation: asked.organisation, at: tx.now), tx)
            }
            return Receipt()
        }
    }
}
