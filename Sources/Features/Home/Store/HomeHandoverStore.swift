import Core
import Criteria
import Database
import Foundation
import Organisation
import People
import Recognition
import Web

/// What of an office is open on the day it is handed over: kept with the handover as it was.
struct HomeHandoverWork: Codable, Sendable, Equatable {
    /// A duty of home, as much of it as its line needs.
    struct Duty: Codable, Sendable, Equatable {
        let act: HomeAct
        let words: String?
        let arguments: [String: String]
        let area: TerritoryTitle?
        let title: String
        let titleVi: String
        let titleEn: String?
        let count: Int?
        let named: String?
        /// Nil too of what was written before it was kept.
        let year: Int?
        let due: Day?
        let href: String
    }

    struct Dossier: Codable, Sendable, Equatable {
        let id: ID
        let year: Int
        let title: String
        let standing: HomeStanding
        let evidence: Int
    }

    /// A title with the decision and whether its certificate was handed over: what hangs on the wall.
    struct Title: Codable, Sendable, Equatable {
        let name: String
        let number: String
        let day: Day?
        let until: Day?
        let isGiven: Bool
    }

    let duties: [Duty]
    let dossiers: [Dossier]
    let titles: [Title]
    /// Residents' comments passed on and not answered.
    let comments: Int
    let ends: HandoverEnds
    /// Of the area's organisations, in the newest year told; nil of other units, and of what was written before it was
    /// kept.
    var strengths: AreaStrengths?

    static let none = HomeHandoverWork(
        duties: [], dossiers: [], titles: [], comments: 0,
        ends: HandoverEnds(helpers: [], standIns: [], devices: 0, keepsOthers: true))

    static func read(_ text: String) -> HomeHandoverWork {
        // What an older or newer program wrote otherwise is no reason to hide the rest of the paper.
        (try? JSONDecoder().decode(HomeHandoverWork.self, from: Data(text.utf8))) ?? .none
    }

    var text: String { (try? JSONEncoder.steady.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}" }
}

extension HomeHandoverWork.Duty {
    init(_ duty: HomeDuty) {
        self.init(
            act: duty.act, words: duty.waiting?.words, arguments: duty.waiting?.arguments ?? [:], area: duty.area,
            title: duty.title, titleVi: duty.titleName.vi, titleEn: duty.titleName.en, count: duty.count,
            named: duty.named, year: duty.year, due: duty.due, href: duty.href)
    }

    var duty: HomeDuty {
        HomeDuty(
            act: act, subject: nil, area: area, title: title,
            titleName: HomeName(Criteria.Name(titleVi, en: titleEn ?? "")), count: count, named: named, year: year,
            due: due, minutes: nil, href: href, waiting: words.map { Waiting($0, arguments, due: due, href: href) })
    }
}

extension HomeStore {
    /// As the holder of one office would see it.
    init(_ office: HandoverOffice, today: Day, now: Instant, _ reader: any Reader) {
        let grant = Grant(
            id: office.id, version: office.version, role: office.role, organisation: office.organisation.id,
            territory: office.territory.id,
            term: Period(from: office.from, until: office.until) ?? Period(from: office.from))
        let actor = Actor(person: office.holder.id, name: office.holder.name, grants: [grant])
        self.init(actor: actor, today: today, now: now, reader: reader)
    }

    /// What is open in an office today.
    static func work(
        of office: HandoverOffice, _ call: Call<Actor>, _ sources: [WaitingSource]
    ) throws -> HomeHandoverWork {
        try work(of: office, today: call.today, now: call.now, sources, call.reader)
    }

    static func work(
        of office: HandoverOffice, today: Day, now: Instant, _ sources: [WaitingSource], _ reader: any Reader
    ) throws -> HomeHandoverWork {
        let store = HomeStore(office, today: today, now: now, reader)
        let actor = Actor(person: office.holder.id, name: office.holder.name, grants: store.grants)
        return HomeHandoverWork(
            duties: try store.duties(of: actor, and: sources).map(HomeHandoverWork.Duty.init),
            dossiers: try store.handedDossiers(office.territory.id),
            titles: try store.handedTitles(office.territory.id), comments: try store.openComments(office.territory.id),
            ends: try HandoverStore.ends(of: office, now: now, today: today, reader),
            strengths: office.territory.kind == .area
                ? try OrganisationStore.strengths(of: office.territory.id, reader).first : nil)
    }

    /// The unit's dossiers of this year and the one before, with how many pieces of evidence lie in each.
    private func handedDossiers(_ territory: ID) throws -> [HomeHandoverWork.Dossier] {
        try reader.rows(
            """
            SELECT d.id, d.year, d.title, \(HomeStore.standingState("d")) AS state,
                (SELECT count(*) FROM evidence e WHERE e.dossier_id = d.id AND e.removed_at IS NULL
                    AND e.replaced_at IS NULL) AS evidence
            FROM dossier d WHERE d.territory_id = \(territory) AND d.year >= \(today.year - 1)
            ORDER BY d.year DESC, d.id LIMIT 10
            """
        ).map { row in
            HomeHandoverWork.Dossier(
                id: try row.id("id"), year: try row.integer("year"), title: try row.text("title"),
                standing: HomeStanding(Recognition.State(rawValue: try row.text("state")) ?? .assessing),
                evidence: try row.integer("evidence"))
        }
    }

    private func handedTitles(_ territory: ID) throws -> [HomeHandoverWork.Title] {
        try reader.rows(
            """
            SELECT g.title_name, x.number, x.day, g.valid_until, c.given_on
            FROM title_grant g JOIN decision x ON x.id = g.decision_id LEFT JOIN certificate c ON c.title_id = g.id
            WHERE g.territory_id = \(territory) AND g.ended_on IS NULL ORDER BY g.valid_from DESC, g.id LIMIT 10
            """
        ).map { row in
            HomeHandoverWork.Title(
                name: try row.text("title_name"), number: try row.optionalText("number") ?? "",
                day: try row.optionalDay("day"), until: try row.optionalDay("valid_until"),
                isGiven: try row.optionalDay("given_on") != nil)
        }
    }

    private func openComments(_ territory: ID) throws -> Int {
        try reader.one(
            """
            SELECT count(*) AS many FROM dossier d JOIN posting p ON p.dossier_id = d.id
                JOIN posting_comment c ON c.posting_id = p.id
            WHERE d.territory_id = \(territory) AND d.year >= \(today.year - 1) AND c.state = 'passed'
                AND c.answer IS NULL
            """
        ).integer("many")
    }
}

/// What waits for whoever looks after accounts: handovers that both have signed and nobody has carried out.
enum HomeHandoverDuties {
    static let source: WaitingSource = { actor, today, reader in
        func places(_ capability: Capability) -> [ID] {
            actor.grants.filter { $0.role.capabilities.contains(capability) && $0.term.contains(today) }
                .map(\.territory)
        }
        let areas = places(HandoverRules.needed(isArea: true))
        let above = places(HandoverRules.needed(isArea: false))
        guard !areas.isEmpty || !above.isEmpty else { return [] }
        return try HandoverStore.waiting(
            forAreas: areas, above: above, except: actor.person, reader
        ).map { id, day in
            Waiting("home.handover.waiting", subject: id, due: day, minutes: 3, href: "/handovers/\(id)")
        }
    }
}
