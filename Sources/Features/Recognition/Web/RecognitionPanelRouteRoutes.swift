import Core
import Criteria
import Database
import Organisation
import Web

/// Routes of field checks, and who sits on a formed panel.
enum RecognitionPanelRouteRoutes {
    static let routes: [Route] = [
        .get("/panels/:id/route", .signedIn, RecognitionPanelRouteOutput.self) { try show($0) },
        .post(
            "/panels/:id/route", .holding(.appraise), RecognitionPanelRouteForm.self, again: { try show($0) }
        ) { try plan($0, $1) },
        .get(
            "/panels/:id/route/paper", .signedIn, RecognitionPanelRoutePaperOutput.self,
            query: [Field("day", .text(10), optional: true)]
        ) { try paper($0) },
        .post(
            "/panels/:id/members", .holding(.formPanel), RecognitionPanelChangeForm.self,
            again: { try RecognitionPanelRoutes.show($0) }
        ) { try change($0, $1) },
    ]

    private static func show(_ call: Call<Actor>) throws -> RecognitionPanelRouteOutput {
        let panel = try RecognitionPanelRoutes.find(call)
        let taken = try RecognitionStore.taken(by: panel.id, call.reader)
        let dossiers = Dictionary(taken.map { ($0.dossier.id, $0.dossier) }, uniquingKeysWith: { first, _ in first })
        let (unannounced, visits) = try RecognitionStore.unannounced(by: panel.id, call.reader)
        var days: [RecognitionPanelRouteOutput.Planned] = []
        let sets = try RecognitionStore.criteria(of: taken.map(\.dossier), call.reader)
        for stop in try RecognitionStore.plannedVisits(by: panel.id, call.reader) {
            guard let dossier = dossiers[stop.dossier] else { continue }
            let name = sets[dossier.id]?.title(dossier.title)?.name ?? Criteria.Name(dossier.title)
            let line = RecognitionPanelRouteOutput.Stop(
                dossier: dossier.id, area: dossier.area, commune: dossier.commune, titleName: RecognitionName(name),
                start: stop.start, isAnnounced: stop.isAnnounced, hasHappened: stop.hasHappened)
            if days.last?.day == stop.day {
                days[days.count - 1] = RecognitionPanelRouteOutput.Planned(
                    day: stop.day, stops: (days.last?.stops ?? []) + [line])
            } else {
                days.append(RecognitionPanelRouteOutput.Planned(day: stop.day, stops: [line]))
            }
        }
        return RecognitionPanelRouteOutput(
            panel: RecognitionPanelAnswer(panel), days: days.reversed(),
            open: taken.filter { $0.appraisal.endedAt == nil }.map(\.dossier).map {
                RecognitionPanelRouteOutput.Open(
                    dossier: $0.id, area: $0.area, commune: $0.commune, due: $0.due)
            },
            mayPlan: panel.seat(of: call.who.person) != nil, unannounced: unannounced, visits: visits)
    }

    private static func plan(_ call: Call<Actor>, _ form: RecognitionPanelRouteForm) throws -> Change {
        let panel = try RecognitionPanelRoutes.find(call)
        guard panel.seat(of: call.who.person) != nil else {
            throw Refusal(.forbidden, "recognition.panel.refusal.notMember")
        }
        let permit = try call.permit(.appraise, panel)
        let open = try RecognitionStore.taken(by: panel.id, call.reader).filter { $0.appraisal.endedAt == nil }
        let route = Recognition.VisitRoute(
            day: form.day,
            stops: open.compactMap { one in
                form.starts[one.dossier.id].map { start in
                    Recognition.VisitStop(
                        dossier: one.dossier.id, area: one.dossier.area.name, start: start,
                        isAnnounced: form.announced.contains(one.dossier.id))
                }
            })
        if let refusal = route.refusal(on: call.today) { throw refusal }
        return .write(permit, as: "panel.route") { tx in
            try RecognitionStore.planRoute(route, of: panel, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: panel.id, location: "/panels/\(panel.id)/route", version: panel.revision + 1,
                flash: "recognition.route.flash.planned")
        }
    }

    private static func paper(_ call: Call<Actor>) throws -> RecognitionPanelRoutePaperOutput {
        let route = try show(call)
        let days = route.days.map(\.day)
        // Without a day the next one planned, else the last.
        let next = days.filter { $0 >= call.today }.min() ?? days.max()
        let asked = call.query["day"].map { Day(iso: $0) } ?? next
        guard let day = asked, days.contains(day) else { throw NotFound() }
        return RecognitionPanelRoutePaperOutput(route: route, day: day)
    }

    private static func change(_ call: Call<Actor>, _ form: RecognitionPanelChangeForm) throws -> Change {
        let panel = try RecognitionPanelRoutes.find(call)
        let permit = try call.permit(.formPanel, panel, decidedAt: panel.territory.kind.decidingLevel)
        let planned = try RecognitionStore.planChange(
            of: panel, leaving: form.leaving, joining: form.joining, reason: form.reason, on: call.today, call.reader)
        if let refusal = planned.refusal { throw refusal }
        return .write(permit, as: "panel.change") { tx in
            try RecognitionStore.change(
                panel, leaving: form.leaving, joining: form.joining, reason: form.reason,
                Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: panel.id, location: "/panels/\(panel.id)", version: panel.revision + 1,
                flash: "recognition.panel.flash.changed")
        }
    }

    /// What waits for a panel's members: the stops of today and tomorrow.
    static func waiting(_ actor: Actor, _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        guard actor.grants.contains(where: { $0.role.capabilities.contains(.appraise) && $0.term.contains(today) })
        else { return [] }
        return try RecognitionStore.comingVisits(for: actor.person, from: today, reader).map { visit in
            Waiting(
                "recognition.route.waiting", ["count": "\(visit.count)"], subject: visit.panel, due: visit.day,
                href: "/panels/\(visit.panel)/route")
        }
    }
}
