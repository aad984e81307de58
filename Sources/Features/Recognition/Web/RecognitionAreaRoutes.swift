import Core
import Criteria
import Database
import Organisation
import Web

/// An area's dossiers, and registering for a title.
enum RecognitionAreaRoutes {
    static func routes(_ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks) -> [Route] {
        [
            .get("/areas/:id/dossiers", .signedIn, RecognitionAreaOutput.self) { try area($0, calendar) },
            .get(
                "/areas/:id/dossiers/new", .holding(.registerArea), RecognitionRegistrationOutput.self,
                query: [Field("own", .text(5), optional: true)]
            ) { try registration($0, calendar, hooks) },
            .post(
                "/areas/:id/dossiers", .holding(.registerArea), RecognitionRegistrationForm.self,
                again: { try registration($0, calendar, hooks) }
            ) { try register($0, $1, calendar, hooks) },
        ]
    }

    private static func area(_ call: Call<Actor>, _ calendar: Recognition.YearCalendar) throws -> RecognitionAreaOutput
    {
        let area = try RecognitionStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard area.kind == .area else { throw NotFound() }
        let dossiers = try RecognitionStore.dossiers(of: area.id, seenBy: call.sight, call.reader)
        let set = try CriteriaStore.current(.residentialArea, on: call.today, for: area.id, call.reader)
        let calendar = calendar.following(set?.set.procedure)
        let year = calendar.registrationYear(on: call.today)
        return RecognitionAreaOutput(
            area: area, commune: try area.parent.map { try RecognitionStore.title(of: $0, call.reader) },
            registrationYear: year, registrationEnds: calendar.day(.registrationEnds, of: year),
            isRegistered: try isTaken(dossiers.filter { $0.year == year && $0.state != .withdrawn }, set?.set, call),
            dossiers: try dossiers.map { dossier in
                RecognitionLineAnswer(
                    Recognition.Line(dossier), try RecognitionStore.criteria(of: dossier, call.reader))
            },
            titles: try RecognitionStore.publicTitles(of: area.id, call.reader).map {
                RecognitionHeldAnswer($0, on: call.today)
            },
            next: try RecognitionTitleRoutes.next(area.id, dossiers, calendar, call))
    }

    private static func registration(
        _ call: Call<Actor>, _ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks
    ) throws -> RecognitionRegistrationOutput {
        let area = try RecognitionStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard area.kind == .area else { throw NotFound() }
        let set = try current(for: area.id, call)
        let held = try RecognitionStore.rungs(of: area.id, on: call.today, call.reader)
        let ladder = Recognition.TitleLadder(set.set)
        let above = try RecognitionStore.levels(above: area.id, call.reader)
        let calendar = calendar.following(set.set.procedure)
        let year = calendar.registrationYear(on: call.today)
        // Only whoever stands above the area may put it on a list that is closed.
        let isLatePossible = year > call.today.year && isAbove(area, call)
        let years = isLatePossible ? [year, call.today.year] : [year]
        let running = try RecognitionStore.dossiers(of: area.id, seenBy: call.sight, call.reader).filter {
            years.contains($0.year) && $0.state != .withdrawn
        }
        let choices = set.set.titles.flatMap { title in
            let deciders = Recognition.Deciding.deciders(of: title, above: above)
            // Rules that name nobody leave it to the province; those that name only who is no more, to nobody.
            return (title.deciders.isEmpty ? [nil] : deciders.map(Optional.some)).map { decider in
                let closing = ladder.closing(
                    of: title.code, at: decider?.level, over: held, in: set.set, on: call.today)
                // One registration a year with each decider.
                let taken = running.filter { $0.level == decider?.level ?? .province }
                return Choice(
                    title: title, decider: decider, isOne: deciders.count < 2, closing: closing, taken: taken,
                    years: years)
            }
        }
        let open = choices.filter(\.isOpen)
        let openYears = years.filter { year in open.contains { !$0.takenYears.contains(year) } }
        return RecognitionRegistrationOutput(
            area: area, criteria: set.set.code, criteriaName: RecognitionName(set.set.name),
            criteriaVersion: set.set.version, indicatorCount: set.set.indicators.count,
            titles: open.map { choice in
                let title = choice.title
                return RecognitionRegistrationOutput.Title(
                    code: title.code, choice: choice.value(among: choices), level: choice.decider?.level.rawValue,
                    decider: choice.isOne ? nil : choice.decider?.body, body: choice.decider?.body.nilWhenEmpty,
                    name: RecognitionName(title.name),
                    after: set.set.title(title.after).map { RecognitionName($0.name) },
                    precondition: title.precondition, minimum: title.pass.minimum,
                    takenYears: choice.takenYears.sorted())
            },
            closed: choices.filter { !$0.isOpen }.map { choice in
                RecognitionRegistrationOutput.Closed(
                    code: choice.title.code, level: choice.isOne ? nil : choice.decider?.level.rawValue,
                    name: RecognitionName(choice.title.name),
                    because: choice.closing?.refusal(of: choice.title.code, in: set.set, call.language)
                        ?? Refusal(
                            .conflict, "recognition.refusal.registeredAlready",
                            ["year": choice.takenYears.sorted().map { "\($0)" }.joined(separator: ", ")]),
                    dossier: choice.closing == nil ? choice.taken.first?.id : nil)
            },
            years: openYears.isEmpty ? years : openYears,
            lateYears: isLatePossible && (openYears.isEmpty || openYears.contains(call.today.year))
                ? [call.today.year] : [],
            registrationEnds: calendar.day(.registrationEnds, of: year), ownRoom: set.set.ownIndicators,
            namesOwn: call.query["own"] == "yes",
            survey: try hooks.survey(area.id, set.id, year, call.reader))
    }

    /// A title with one of those who decide on it.
    private struct Choice {
        let title: Criteria.Title
        let decider: Criteria.Decider?
        /// Nobody else decides on it.
        let isOne: Bool
        let closing: Recognition.ClosedTitle?
        /// What the area registered with this decider for the years offered.
        let taken: [Recognition.Dossier]
        let years: [Int]

        var takenYears: Set<Int> { Set(taken.map(\.year)) }

        /// It can be registered for in one of the years.
        var isOpen: Bool { closing == nil && !takenYears.isSuperset(of: years) }

        /// As the form sends it: the title alone stands for its usual decider.
        func value(among choices: [Choice]) -> String {
            guard let level = decider?.level else { return title.code }
            let usual = choices.first { $0.title.code == title.code }?.decider?.level
            return Recognition.Deciding.choice(of: title.code, at: level, usual: usual)
        }
    }

    /// Whether an area is registered with every decider it could go to.
    private static func isTaken(
        _ running: [Recognition.Dossier], _ set: CriteriaSet?, _ call: Call<Actor>
    ) throws -> Bool {
        guard let first = running.first, let set else { return !running.isEmpty }
        let above = try RecognitionStore.levels(above: first.area.id, call.reader)
        let offered = set.titles.flatMap { Recognition.Deciding.deciders(of: $0, above: above).map(\.level) }
        return Set(running.map(\.level)).isSuperset(of: offered)
    }

    private static func current(
        for area: ID, _ call: Call<Actor>
    ) throws -> (id: ID, set: CriteriaSet) {
        guard let found = try CriteriaStore.current(.residentialArea, on: call.today, for: area, call.reader) else {
            throw Refusal(.conflict, "recognition.refusal.noCriteria")
        }
        return found
    }

    private static func isAbove(_ area: Territory, _ call: Call<Actor>) -> Bool {
        call.who.grants.contains {
            $0.role.capabilities.contains(.registerArea) && $0.territory != area.id && area.place.contains($0.territory)
                && $0.term.contains(call.today)
        }
    }

    private static func register(
        _ call: Call<Actor>, _ form: RecognitionRegistrationForm, _ calendar: Recognition.YearCalendar,
        _ hooks: RecognitionHooks
    ) throws -> Change {
        let area = try RecognitionStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard area.kind == .area else { throw NotFound() }
        let permit = try call.permit(.registerArea, area)
        let set = try current(for: area.id, call)
        let level = try check(form, area, set.set, call, calendar)
        let profile = try RecognitionStore.profile(of: area.id, call.reader)
        if let refusal = Recognition.Region.refusal(profile.region, for: form.title, in: set.set) { throw refusal }
        let registration = Recognition.Registration(
            area: area.id, year: form.year, title: form.title, level: level, areaClass: profile.areaClass,
            region: Recognition.Region.code(of: profile.region, in: set.set), criteriaSet: set.id)
        return .write(permit, as: "dossier.register") { tx in
            let id = try RecognitionStore.register(
                registration, Recognition.Deed(permit, tx), reason: form.reason, calendar: calendar, tx)
            let deed = Recognition.Deed(permit, tx)
            for own in form.own {
                try RecognitionStore.propose(
                    own.proposal, for: RecognitionStore.dossier(id, unattended: tx), deed, tx)
            }
            try hooks.registered(id, tx)
            return Receipt(
                id: id, location: "/dossiers/\(id)/assessment", version: 1, flash: "recognition.flash.registered")
        }
    }

    private static func check(
        _ form: RecognitionRegistrationForm, _ area: Territory, _ set: CriteriaSet, _ call: Call<Actor>,
        _ calendar: Recognition.YearCalendar
    ) throws -> Criteria.Level {
        var faults = FormFaults()
        var level = Criteria.Level.province
        if let title = set.title(form.title) {
            let above = try RecognitionStore.levels(above: area.id, call.reader)
            let levels = Recognition.Deciding.deciders(of: title, above: above).map(\.level)
            if let asked = form.level {
                level = Criteria.Level(rawValue: asked) ?? level
                if !levels.contains(where: { $0.rawValue == asked }) {
                    faults.add(Refusal(.invalid, "recognition.refusal.noSuchDecider", field: "title"))
                }
            } else if let usual = levels.first {
                level = usual
            } else if !title.deciders.isEmpty {
                faults.add(Refusal(.invalid, "recognition.refusal.noSuchDecider", field: "title"))
            }
            let held = try RecognitionStore.rungs(of: area.id, on: call.today, call.reader)
            let closing = Recognition.TitleLadder(set).closing(
                of: title.code, at: level, over: held, in: set, on: call.today)
            faults.add(closing?.refusal(of: title.code, in: set, call.language, field: "title"))
        } else {
            faults.add(Refusal(.invalid, "web.field.choice", field: "title"))
        }
        faults.add(refusal(ofYear: form, area, calendar.following(set.procedure), call))
        let standing =
            try form.own.isEmpty
            ? 0
            : RecognitionStore.dossiers(of: area.id, seenBy: call.sight, call.reader).first {
                $0.year == form.year && $0.title == form.title && $0.level == level && $0.state == .withdrawn
            }.map { try RecognitionStore.ownIndicators(of: $0.id, call.reader).count { $0.state != .declined } } ?? 0
        for refusal in RecognitionRegistrationOwn.refusals(
            form.own, room: set.ownIndicators, standing: standing, on: call.today)
        {
            faults.add(refusal)
        }
        try faults.say()
        return level
    }

    /// Why an area is not put on the list of this year; after the list is closed only with a reason.
    private static func refusal(
        ofYear form: RecognitionRegistrationForm, _ area: Territory, _ calendar: Recognition.YearCalendar,
        _ call: Call<Actor>
    ) -> Refusal? {
        guard form.year == calendar.registrationYear(on: call.today) || form.year == call.today.year else {
            return Refusal(.invalid, "web.field.choice", field: "year")
        }
        guard calendar.isLate(year: form.year, on: call.today) else { return nil }
        let last = calendar.day(.registrationEnds, of: form.year).map { call.language.format.day($0) } ?? ""
        guard isAbove(area, call) else {
            return Refusal(
                .invalid, "recognition.refusal.registrationOver", field: "year", ["year": "\(form.year)", "day": last])
        }
        return form.reason == nil ? Refusal(.invalid, "recognition.refusal.lateNeedsReason", field: "reason") : nil
    }
}
