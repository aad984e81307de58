import Core
import Database
import Web

/// The area profile: read by everybody who sees the area, written by its heads and its commune.
enum ProfileRoutes {
    static let all: [Route] =
        [
            .get("/areas/:id/profile", .signedIn, ProfileOutput.self) { try ProfileOutput.of($0) },
            .get("/areas/:id/profile/paper", .signedIn, ProfilePaperOutput.self) { try ProfilePaperOutput.of($0) },
            .get("/areas/:id/profile/conventions/:entry", .signedIn, ConventionOutput.self) {
                try ConventionOutput.of($0)
            },
            .post(
                "/areas/:id/profile/conventions/:entry/recognition", .holding(.editAreaProfile),
                ConventionRecognitionForm.self, again: { try ConventionOutput.of($0) }
            ) { try recognise($0, $1) },
            .post("/areas/:id/profile/numbers", .holding(.editAreaProfile), YearForm.self, again: again(.numbers)) {
                try putYear($0, $1)
            },
            .post(
                "/areas/:id/profile/strengths", .holding(.editAreaProfile), StrengthsForm.self, again: again(.strengths)
            ) { try putStrengths($0, $1) },
            .post(
                "/areas/:id/profile/conventions", .holding(.editAreaProfile), ConventionForm.self,
                again: again(.conventions)
            ) { try addConvention($0, $1) },
            .post("/areas/:id/profile/groups", .holding(.editAreaProfile), GroupForm.self, again: again(.groups)) {
                try putGroup($0, $1, entry: nil)
            },
            .post(
                "/areas/:id/profile/groups/:entry", .holding(.editAreaProfile), GroupForm.self, again: again(.groups)
            ) { try putGroup($0, $1, entry: try $0.id("entry")) },
            .post("/areas/:id/profile/models", .holding(.editAreaProfile), ModelForm.self, again: again(.models)) {
                try putModel($0, $1, entry: nil)
            },
            .post(
                "/areas/:id/profile/models/:entry", .holding(.editAreaProfile), ModelForm.self, again: again(.models)
            ) { try putModel($0, $1, entry: try $0.id("entry")) },
            .post(
                "/areas/:id/profile/occasions", .holding(.editAreaProfile), OccasionForm.self, again: again(.occasions)
            ) { try putOccasion($0, $1, entry: nil) },
            .post(
                "/areas/:id/profile/occasions/:entry", .holding(.editAreaProfile), OccasionForm.self,
                again: again(.occasions)
            ) { try putOccasion($0, $1, entry: try $0.id("entry")) },
        ]
        + ProfilePart.allCases.map { part in
            .get(
                "/areas/:id/profile/\(part.rawValue)", .holding(.editAreaProfile), ProfileFormOutput.self,
                query: part == .strengths ? StrengthsQuery.fields : []
            ) {
                try ProfileFormOutput.of($0, part)
            }
        }
        + [ProfilePart.groups, .models, .occasions].flatMap { part -> [Route] in
            [
                .get("/areas/:id/profile/\(part.rawValue)/:entry", .holding(.editAreaProfile), ProfileFormOutput.self) {
                    try ProfileFormOutput.of($0, part)
                },
                .post(
                    "/areas/:id/profile/\(part.rawValue)/:entry/removal", .holding(.editAreaProfile), EntryRemoval.self,
                    again: again(part)
                ) { call, _ in try remove(call, part) },
            ]
        }

    private static func again(_ part: ProfilePart) -> @Sendable (Call<Actor>) throws -> ProfileFormOutput {
        { try ProfileFormOutput.of($0, part) }
    }

    static func subject(_ call: Call<Actor>) throws -> (Area, Permit<Area>) {
        let area = try OrganisationStore.area(call.id("id"), seenBy: call.sight, call.reader)
        return (area, try call.permit(.editAreaProfile, area))
    }

    /// Writes one part, bumps the area and goes back to the profile.
    static func write(
        _ permit: Permit<Area>, _ part: ProfilePart, as act: String, said: String, before: String? = nil,
        _ effect: @escaping @Sendable (Transaction) throws -> ID?
    ) -> Change {
        let area = permit.subject
        return .write(permit, as: act) { tx in
            try tx.move("territory", area.id, from: area.revision)
            let id = try effect(tx)
            tx.note("profile.\(part.rawValue)", from: before, to: said)
            return Receipt(
                id: id ?? area.id, location: "/areas/\(area.id)/profile", version: area.revision + 1,
                flash: "organisation.profile.flash.saved")
        }
    }

    private static func putYear(_ call: Call<Actor>, _ form: YearForm) throws -> Change {
        let (area, permit) = try subject(call)
        let known = try OrganisationStore.years(of: area.id, call.reader).first { $0.year == form.year }
        let year = AreaYear(
            year: form.year, households: form.households, people: form.people,
            areaClass: form.areaClass ?? known?.areaClass ?? area.areaClass,
            region: form.region ?? known?.region ?? area.region)
        let strengths = try OrganisationStore.strengths(of: area.id, call.reader).first { $0.year == form.year }
        let found = [year.refusal(on: call.today), year.refusal(under: strengths)].compactMap { $0 }
        if let refusal = Refusal.of(found.flatMap(\.all)) { throw refusal }
        return write(
            permit, .numbers, as: "profile.year", said: "\(year.year): \(form.households), \(form.people)"
        ) { tx in
            try OrganisationStore.putYear(year, of: area.id, tx)
            return nil
        }
    }

    private static func putGroup(_ call: Call<Actor>, _ form: GroupForm, entry: ID?) throws -> Change {
        let (area, permit) = try subject(call)
        if let entry { try known(entry, OrganisationStore.groups(of: area.id, call.reader).map(\.id)) }
        if let refusal = form.group(area.id).refusal(on: call.today, in: area.households) { throw refusal }
        return write(permit, .groups, as: "profile.group", said: form.name) { tx in
            let id = entry ?? tx.ids.next()
            try OrganisationStore.putGroup(form.group(id), of: area.id, tx)
            return id
        }
    }

    private static func addConvention(_ call: Call<Actor>, _ form: ConventionForm) throws -> Change {
        let (area, permit) = try subject(call)
        let before = try OrganisationStore.conventions(of: area.id, call.reader).first
        let version = (before?.version ?? 0) + 1
        if let refusal = form.convention(area.id, version: version).refusal(on: call.today, after: before) {
            throw refusal
        }
        return write(permit, .conventions, as: "profile.convention", said: "\(version)") { tx in
            let id = tx.ids.next()
            try OrganisationStore.addConvention(form.convention(id, version: version), of: area.id, tx)
            return id
        }
    }

    private static func recognise(_ call: Call<Actor>, _ form: ConventionRecognitionForm) throws -> Change {
        let (area, permit) = try subject(call)
        let (all, entry) = (try OrganisationStore.conventions(of: area.id, call.reader), try call.id("entry"))
        guard let convention = all.first(where: { $0.id == entry }) else { throw NotFound() }
        if let refusal = convention.refusal(ofRecognition: form.recognised, on: call.today, newest: all.first) {
            throw refusal
        }
        return write(
            permit, .conventions, as: "profile.recognition", said: "\(convention.version): \(form.document)"
        ) { tx in
            try OrganisationStore.recognise(
                entry, by: form.body, on: form.recognised, document: form.document, tx)
            return entry
        }
    }

    private static func putModel(_ call: Call<Actor>, _ form: ModelForm, entry: ID?) throws -> Change {
        let (area, permit) = try subject(call)
        if let entry { try known(entry, OrganisationStore.models(of: area.id, call.reader).map(\.id)) }
        let look = try entry.flatMap { try OrganisationStore.lastLook(at: $0, call.reader) }
        if let refusal = form.model(area.id, under: look).refusal(on: call.today) { throw refusal }
        return write(permit, .models, as: "profile.model", said: form.name) { tx in
            let id = entry ?? tx.ids.next()
            try OrganisationStore.putModel(form.model(id), of: area.id, tx)
            return id
        }
    }

    private static func putOccasion(_ call: Call<Actor>, _ form: OccasionForm, entry: ID?) throws -> Change {
        let (area, permit) = try subject(call)
        if let entry { try known(entry, OrganisationStore.occasions(of: area.id, call.reader).map(\.id)) }
        if let refusal = form.occasion(area.id).refusal() { throw refusal }
        return write(permit, .occasions, as: "profile.occasion", said: form.name) { tx in
            let id = entry ?? tx.ids.next()
            try OrganisationStore.putOccasion(form.occasion(id), of: area.id, tx)
            return id
        }
    }

    private static func remove(_ call: Call<Actor>, _ part: ProfilePart) throws -> Change {
        let (area, permit) = try subject(call)
        let entry = try call.id("entry")
        let name = try ProfileFormOutput.of(call, part).filled["name"] ?? ""
        return .write(permit, as: "profile.remove") { tx in
            try tx.move("territory", area.id, from: area.revision)
            try OrganisationStore.remove(part, entry, of: area.id, tx)
            tx.note("profile.\(part.rawValue)", from: name, to: nil)
            return Receipt(
                id: area.id, location: "/areas/\(area.id)/profile", version: area.revision + 1,
                flash: "organisation.profile.flash.removed")
        }
    }

    private static func known(_ entry: ID, _ ids: [ID]) throws {
        guard ids.contains(entry) else { throw NotFound() }
    }
}
