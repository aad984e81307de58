import Core
import Criteria
import Database
import Organisation
import Practices
import Recognition

extension PortalStore {
    /// All that is public of one area.
    func area(_ id: ID) throws -> PortalAreaOutput {
        let area = try OrganisationStore.publicArea(id, reader)
        let titles = try RecognitionStore.publicTitles(of: id, reader)
        let held = titles.first { $0.holds(on: today) }
        let assessment = try held.flatMap { try RecognitionStore.publicAssessment(of: $0, reader) }
        return PortalAreaOutput(
            area: area.title, isInvented: area.isInvented,
            above: try OrganisationStore.titles(of: id, reader).filter { $0.id != id }, households: area.households,
            people: area.people, asOf: area.asOf, stands: area.territory.stands, title: held.map { PortalTitle($0) },
            nextLook: held.flatMap { held in
                PortalTerm.nextLook(
                    from: held.from, until: held.until, months: assessment?.set.term?.recheckMonths, today: today)
            },
            achievement: assessment.map { PortalStore.achievement($0) },
            criteria: assessment.map { PortalSetReference(code: $0.set.code, version: $0.set.version) },
            running: try running(id),
            earlier: titles.filter { $0.id != held?.id }.map { PortalTitle($0) },
            pictures: try pictures(of: held, assessment),
            profile: PortalProfile(try OrganisationStore.book(of: id, reader), on: today),
            ballot: try held.flatMap { try RecognitionStore.publicBallot(of: $0, reader) }.map { PortalVote($0) },
            givenOn: try held.flatMap { try RecognitionStore.publicGiving(of: $0.id, reader) },
            postings: try postings(of: id), closed: try closedEvidence(of: held),
            practices: try PracticesStore.publicPractices(
                PracticeFilter(under: id), limit: 4, today: today, reader
            ).map(PortalPracticeLine.init))
    }

    /// Seen from the furthest view: what the panel found, where it looked; else what the commune found.
    static func achievement(_ assessment: Recognition.Assessment) -> PortalAchievement {
        let side = Recognition.Side.allCases.last { assessment.hasEntries($0) } ?? .own
        var values: [String: Criteria.Value] = [:]
        for indicator in assessment.indicators { values[indicator.code] = assessment.effective(indicator.code, side) }
        return PortalAchievement(assessment.set, for: assessment.aim, values: values, side: side.rawValue)
    }

    /// A dossier of which the commune lets the public know; see `PortalStanding`.
    private func running(_ area: ID) throws -> PortalRunning? {
        try reader.first(
            """
            SELECT d.title, d.year FROM dossier d WHERE d.territory_id = \(area)
            AND d.state IN (\(SQL.list(PortalStanding.told))) ORDER BY d.year DESC, d.id DESC LIMIT 1
            """
        ).map { PortalRunning(title: try $0.text("title"), year: try $0.integer("year")) }
    }

    /// Pictures that the commune released, of the dossier the title rests on.
    private func pictures(
        of held: Recognition.HeldTitle?, _ assessment: Recognition.Assessment?
    ) throws -> [PortalPicture] {
        guard let dossier = held?.dossier, let assessment else { return [] }
        return try RecognitionStore.publicEvidence(of: dossier, reader).map { picture in
            let name = picture.codes.first.flatMap { code in assessment.indicators.first { $0.code == code }?.name }
            // What was noted beside a picture may name somebody: the indicator says what is to be seen.
            return PortalPicture(
                id: picture.id, width: picture.width, height: picture.height, about: name.map { PortalName($0) })
        }
    }
}

extension PortalTitle {
    init(_ held: Recognition.HeldTitle) {
        self.init(
            title: held.title, name: held.name, level: held.level.rawValue, year: held.year, decision: held.decision,
            number: held.number, day: held.day, body: held.body, from: held.from,
            until: PortalTerm.lastDay(until: held.until), endedOn: held.endedOn, endedWhy: held.endedWhy?.rawValue,
            endedBy: held.endedBy, isEarlier: held.isEarlier)
    }
}
