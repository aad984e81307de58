import Core
import Criteria
import Database
import Organisation
import Web

/// An area's titles, and the register of all.
enum RecognitionTitleRoutes {
    /// Whoever re-checks, warns or answers a notice sees how a title stands; nobody else sees watch and notice.
    private static let insiders: [Capability] = [.recheckTitles, .warnTitles, .answerNotice]

    static func routes(_ calendar: Recognition.YearCalendar) -> [Route] {
        [
            .get("/areas/:id/titles", .signedIn, RecognitionAreaTitlesOutput.self) { try area($0, calendar) },
            .get(
                "/titles/held", .signedIn, RecognitionRegisterOutput.self,
                query: [
                    Field("show", .choice(["holding", "past"]), optional: true),
                    Field("after", .record, optional: true),
                ]
            ) { try register($0) },
        ]
    }

    private static func isInsider(_ place: [ID], _ call: Call<Actor>) -> Bool {
        call.who.grants.contains { grant in
            grant.term.contains(call.today) && place.contains(grant.territory)
                && insiders.contains { grant.role.capabilities.contains($0) }
        }
    }

    private static func area(
        _ call: Call<Actor>, _ calendar: Recognition.YearCalendar
    ) throws -> RecognitionAreaTitlesOutput {
        let area = try RecognitionStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard area.kind == .area else { throw NotFound() }
        let titles = try RecognitionStore.publicTitles(of: area.id, call.reader)
        return RecognitionAreaTitlesOutput(
            area: area.title, commune: try area.parent.map { try RecognitionStore.title(of: $0, call.reader) },
            titles: try answers(titles, isInside: isInsider(area.place, call), call),
            next: try next(
                area.id, RecognitionStore.dossiers(of: area.id, seenBy: call.sight, call.reader), calendar, call),
            mayRegister: call.authority.allows(call.who, .registerArea, area),
            mayRecord: try RecognitionEarlierRoutes.mayRecord(at: area.place, call))
    }

    static func answers(
        _ titles: [Recognition.HeldTitle], isInside: Bool, _ call: Call<Actor>
    ) throws -> [RecognitionTitleAnswer] {
        let standings = try RecognitionStore.standings(of: titles.map(\.id), on: call.today, call.reader)
        let notes = try RecognitionStore.titleNotes(of: titles.map(\.id), isPublic: !isInside, call.reader)
        return titles.map { title in
            let standing = standings[title.id] ?? .ahead
            return RecognitionTitleAnswer(
                title, isInside ? standing : standing.shownToAll, notes, on: call.today)
        }
    }

    /// What an area may go for, with the year and its last day of registration, and what runs for it already.
    ///
    /// - Parameter dossiers: of the area, of all years.
    static func next(
        _ area: ID, _ dossiers: [Recognition.Dossier], _ calendar: Recognition.YearCalendar, _ call: Call<Actor>
    ) throws -> [RecognitionNextAnswer] {
        guard let set = try CriteriaStore.current(.residentialArea, on: call.today, for: area, call.reader)?.set else {
            return []
        }
        let held = try RecognitionStore.rungs(of: area, on: call.today, call.reader)
        let calendar = calendar.following(set.procedure)
        let year = calendar.registrationYear(on: call.today)
        let above = try RecognitionStore.levels(above: area, call.reader)
        return try Recognition.TitleLadder(set).next(over: held, in: set, above: above, on: call.today).map { next in
            let own = dossiers.filter { $0.level == next.kind.level && $0.state != .withdrawn }
            let taken = own.first { $0.year == year }
            let running = taken ?? own.first { $0.title == next.kind.code && !$0.stage.isClosed }
            return RecognitionNextAnswer(
                title: next.kind.code,
                titleName: RecognitionName(set.title(next.kind.code)?.name ?? Criteria.Name(next.kind.code)),
                level: next.kind.level.rawValue, why: next.why, year: year,
                until: calendar.day(.registrationEnds, of: year), isTaken: taken != nil,
                running: try running.map {
                    RecognitionLineAnswer(
                        Recognition.Line($0), try RecognitionStore.criteria(of: $0, call.reader))
                })
        }
    }

    private static func register(_ call: Call<Actor>) throws -> RecognitionRegisterOutput {
        guard let grant = call.who.grants.first(where: { $0.term.contains(call.today) }) else { throw NotFound() }
        let show = call.query["show"] == "past" ? "past" : "holding"
        let (titles, next) = try RecognitionStore.register(
            under: grant.territory, isHolding: show == "holding", on: call.today,
            after: call.query["after"].flatMap { ID($0) }, call.reader)
        let isInside = insiders.contains { grant.role.capabilities.contains($0) }
        return RecognitionRegisterOutput(
            territory: try RecognitionStore.title(of: grant.territory, call.reader), show: show,
            titles: try answers(titles, isInside: isInside, call), next: next,
            mayRecord: try !RecognitionEarlierRoutes.bases(call).isEmpty,
            views: try SavedViews.of(call.who.person, on: .heldTitles, call.reader))
    }
}
