import Core
import Criteria
import Database
import Organisation
import Web

/// The commune's submission with its list.
enum RecognitionSubmissionRoutes {
    static func routes(_ calendar: Recognition.YearCalendar) -> [Route] {
        [
            .get(
                "/submissions", .signedIn, RecognitionSubmissionListOutput.self,
                query: [
                    Field("year", .whole(1_900...2_200), optional: true),
                    Field("state", .choice(Recognition.SubmissionState.allCases.map(\.rawValue)), optional: true),
                    Field("after", .record, optional: true), Field("before", .record, optional: true),
                ]
            ) { try list($0) },
            .get(
                "/submissions/new", .holding(.forwardDossiers), RecognitionSubmissionDraftOutput.self,
                query: [
                    Field("year", .whole(1_900...2_200), optional: true), Field("level", .text(20), optional: true),
                ]
            ) { try draftPage($0) },
            .post(
                "/submissions/new", .holding(.forwardDossiers), RecognitionSubmissionDraftForm.self,
                again: { try draftPage($0) }
            ) { try draft($0, $1) },
            .get("/submissions/:id", .signedIn, RecognitionSubmissionOutput.self) { try show($0) },
            .get("/submissions/:id/paper", .signedIn, RecognitionSubmissionPaperOutput.self) { try paper($0) },
            .post(
                "/submissions/:id/text", .holding(.forwardDossiers), RecognitionSubmissionTextForm.self,
                again: { try show($0) }
            ) { try reword($0, $1) },
            .post(
                "/submissions/:id/sending", .holding(.forwardDossiers), RecognitionSubmissionSendingForm.self,
                again: { try show($0) }
            ) { try send($0, $1, calendar) },
            .post(
                "/submissions/:id/removal", .holding(.forwardDossiers), RecognitionSubmissionDiscardButton.self,
                again: { try show($0) }
            ) { call, _ in try discard(call) },
            .post(
                "/submissions/:id/recall", .holding(.forwardDossiers), RecognitionSubmissionRecallForm.self,
                again: { try show($0) }
            ) { try recall($0, $1, calendar) },
            .post(
                "/submissions/:id/receipt", .holding(.formPanel), RecognitionSubmissionReceivingButton.self,
                again: { try show($0) }
            ) { call, _ in try receive(call) },
        ]
    }

    private static func find(_ call: Call<Actor>) throws -> Recognition.Submission {
        try RecognitionStore.submission(call.id("id"), seenBy: call.sight, call.reader)
    }

    /// The commune this person sends lists for.
    private static func commune(_ call: Call<Actor>) throws -> Territory {
        let grant = call.who.grants.first {
            $0.role.capabilities.contains(.forwardDossiers) && $0.term.contains(call.today)
        }
        guard let grant else { throw NotFound() }
        return try RecognitionStore.territory(grant.territory, seenBy: call.sight, call.reader)
    }

    private static func list(_ call: Call<Actor>) throws -> RecognitionSubmissionListOutput {
        let (filter, turn) = (call.paperFilter, call.paperTurn)
        let page = try RecognitionStore.submissions(filter, turn, seenBy: call.sight, call.reader)
        var waiting: [RecognitionSubmissionListOutput.Waiting] = []
        if turn.isFirst, filter.isNone, call.who.holds(.forwardDossiers), let commune = try? commune(call) {
            waiting = try RecognitionStore.acceptedYears(under: commune.id, call.reader).map {
                RecognitionSubmissionListOutput.Waiting(
                    year: $0.year, level: $0.level.rawValue, count: $0.count)
            }
        }
        return RecognitionSubmissionListOutput(
            submissions: page.papers.map(RecognitionSubmissionAnswer.init), waiting: waiting,
            maySend: call.who.holds(.forwardDossiers),
            narrowing: RecognitionPaperNarrowing(
                filter, years: try RecognitionStore.years(of: .submission, call.reader)),
            next: page.next, previous: page.previous)
    }

    private static func draftPage(_ call: Call<Actor>) throws -> RecognitionSubmissionDraftOutput {
        let commune = try commune(call)
        let waiting = try RecognitionStore.acceptedYears(under: commune.id, call.reader)
        let year = call.query["year"].flatMap { Int($0) } ?? waiting.first?.year ?? call.today.year
        // One list goes to one decider.
        let level =
            call.query["level"].flatMap(Criteria.Level.init(rawValue:)) ?? waiting.first { $0.year == year }?.level
        let (ready, beside) = try sorted(commune.id, year, level, call)
        return RecognitionSubmissionDraftOutput(
            commune: TerritoryTitle(
                id: commune.id, kind: commune.kind, designation: commune.designation, name: commune.name),
            year: year, level: level?.rawValue, ready: try lines(ready, call), beside: beside)
    }

    /// A commune's areas in a year: the dossiers that may go on its list to a level, and the others with why they may not.
    private static func sorted(
        _ commune: ID, _ year: Int, _ level: Criteria.Level?, _ call: Call<Actor>
    ) throws -> (ready: [Recognition.Dossier], beside: [RecognitionSubmissionBeside]) {
        let dossiers = try RecognitionStore.dossiers(year: year, under: commune, seenBy: call.sight, call.reader)
        let drafted = try RecognitionStore.drafted(of: dossiers.map(\.id), call.reader)
        let ready = dossiers.filter {
            $0.state == .accepted && $0.level == level && Recognition.Deciding.needsSubmission($0.level)
                && !drafted.contains($0.id)
        }
        var beside = try dossiers.filter { dossier in !ready.contains { $0.id == dossier.id } }.map { dossier in
            RecognitionSubmissionBeside(
                area: dossier.area, dossier: dossier.id,
                titleName: try dossier.answer(call.reader).titleName, level: dossier.level.rawValue,
                state: dossier.state,
                isDrafted: drafted.contains(dossier.id))
        }
        let known = Set(dossiers.map(\.area.id))
        beside += try RecognitionStore.areas(under: commune, call.reader).filter { !known.contains($0.id) }.map {
            RecognitionSubmissionBeside(
                area: $0, dossier: nil, titleName: nil, level: nil, state: nil, isDrafted: false)
        }
        return (ready, beside)
    }

    static func lines(
        _ dossiers: [Recognition.Dossier], points: [ID: Int] = [:], _ call: Call<Actor>
    ) throws -> [RecognitionSubmissionLine] {
        let assessments = try RecognitionStore.assessments(dossiers, call.reader)
        let households = try RecognitionStore.households(of: dossiers.map(\.area.id), call.reader)
        let preceding = try RecognitionStore.preceding(of: dossiers, on: call.today, call.reader)
        let attendance = try RecognitionStore.attendance(of: dossiers.map(\.id), call.reader)
        return try dossiers.map { dossier in
            let score = assessments[dossier.id]?.score(.check)
            let before = preceding[dossier.id] ?? .nothing
            let line = Recognition.SubmissionLine(area: dossier.area.name, state: dossier.state, preceding: before)
            let terms = assessments[dossier.id].map { Recognition.Terms.of($0.set, for: dossier.title) }
            return RecognitionSubmissionLine(
                dossier: try dossier.answer(call.reader), households: dossier.households ?? households[dossier.area.id],
                present: attendance[dossier.id]?.present, invited: attendance[dossier.id]?.households,
                points: points[dossier.id] ?? score?.total ?? 0,
                maximum: score?.maximum ?? 0,
                reasons: score.map(RecognitionGroups.reasons) ?? [],
                ballot: before.ballot.flatMap { ballot in terms.map { RecognitionPanelBallotAnswer(ballot, $0) } },
                background: RecognitionBackgroundAnswer(before.background),
                lacks: dossier.state == .accepted ? line.lacks : [])
        }
    }

    private static func draft(_ call: Call<Actor>, _ form: RecognitionSubmissionDraftForm) throws -> Change {
        let commune = try commune(call)
        let permit = try call.permit(.forwardDossiers, commune)
        let level = try RecognitionStore.level(ofAny: form.listed, seenBy: call.sight, call.reader)
        let (ready, _) = try sorted(commune.id, form.year, level, call)
        let chosen = ready.filter { form.listed.contains($0.id) }
        guard chosen.count == form.listed.count else {
            throw Refusal(.conflict, "recognition.submission.refusal.moved")
        }
        let lines = try RecognitionStore.submissionLines(chosen, on: call.today, call.reader)
        if let refusal = Recognition.refusalToSend(lines) { throw refusal }
        let new = Recognition.NewSubmission(
            territory: commune.id, organisation: permit.grant?.organisation ?? commune.id, year: form.year,
            text: form.text, dossiers: chosen.map(\.id))
        return .write(permit, as: "submission.draft") { tx in
            let id = try RecognitionStore.draftSubmission(new, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: id, location: "/submissions/\(id)", version: 1, flash: "recognition.submission.flash.drafted")
        }
    }

    private static func show(_ call: Call<Actor>) throws -> RecognitionSubmissionOutput {
        let submission = try find(call)
        let items = try RecognitionStore.items(ofSubmission: submission.id, call.reader)
        let points = Dictionary(
            items.compactMap { item in item.points.map { (item.dossier.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        let level = items.first?.dossier.level
        let (_, beside) = try sorted(submission.territory.id, submission.year, level, call)
        let listed = Set(items.map(\.dossier.id))
        return RecognitionSubmissionOutput(
            submission: RecognitionSubmissionAnswer(submission),
            lines: try lines(items.map(\.dossier), points: points, call),
            beside: beside.filter { $0.dossier.map { !listed.contains($0) } ?? true },
            maySend: submission.isDraft && call.authority.allows(call.who, .forwardDossiers, submission),
            mayRecall: try submission.state == .sent
                && call.authority.allows(call.who, .forwardDossiers, submission)
                && RecognitionStore.takenByPanel(ofSubmission: submission.id, call.reader) == 0,
            mayReceive: try submission.state == .sent
                && level.map { try call.allows(.formPanel, submission, decidedAt: $0) } ?? false)
    }

    private static func paper(_ call: Call<Actor>) throws -> RecognitionSubmissionPaperOutput {
        let shown = try show(call)
        let submission = try find(call)
        return RecognitionSubmissionPaperOutput(
            submission: shown.submission, lines: shown.lines,
            superior: try RecognitionStore.superior(of: submission.organisation, call.reader))
    }

    private static func draftOnly(_ call: Call<Actor>) throws -> (
        Recognition.Submission, Permit<Recognition.Submission>
    ) {
        let submission = try find(call)
        let permit = try call.permit(.forwardDossiers, submission)
        guard submission.isDraft else { throw Refusal(.conflict, "recognition.submission.refusal.sentAlready") }
        return (submission, permit)
    }

    private static func reword(_ call: Call<Actor>, _ form: RecognitionSubmissionTextForm) throws -> Change {
        let (submission, permit) = try draftOnly(call)
        return .write(permit, as: "submission.text") { tx in
            try RecognitionStore.reword(submission, text: form.text, tx)
            return Receipt(
                id: submission.id, location: "/submissions/\(submission.id)", version: submission.revision + 1,
                flash: "recognition.flash.saved")
        }
    }

    private static func send(
        _ call: Call<Actor>, _ form: RecognitionSubmissionSendingForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let (submission, permit) = try draftOnly(call)
        if let refusal = form.paper.refusal(on: call.today, year: submission.year) { throw refusal }
        if let refusal = try RecognitionStore.refusal(ofNumber: form.paper, for: submission, call.reader) {
            throw refusal
        }
        return .write(permit, as: "submission.send") { tx in
            try RecognitionStore.send(submission, form.paper, Recognition.Deed(permit, tx), calendar: calendar, tx)
            return Receipt(
                id: submission.id, location: "/submissions/\(submission.id)", version: submission.revision + 1,
                flash: "recognition.submission.flash.sent")
        }
    }

    private static func discard(_ call: Call<Actor>) throws -> Change {
        let (submission, permit) = try draftOnly(call)
        return .write(permit, as: "submission.discard") { tx in
            try RecognitionStore.discard(submission, tx)
            return Receipt(location: "/submissions", flash: "recognition.submission.flash.discarded")
        }
    }

    private static func recall(
        _ call: Call<Actor>, _ form: RecognitionSubmissionRecallForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let submission = try find(call)
        let permit = try call.permit(.forwardDossiers, submission)
        let taken = try RecognitionStore.takenByPanel(ofSubmission: submission.id, call.reader)
        if let refusal = Recognition.refusalToRecall(submission.state, taken: taken, reason: form.reason) {
            throw refusal
        }
        return .write(permit, as: "submission.recall") { tx in
            try RecognitionStore.recall(
                submission, reason: form.reason, Recognition.Deed(permit, tx), calendar: calendar, tx)
            return Receipt(
                id: submission.id, location: "/submissions/\(submission.id)", version: submission.revision + 1,
                flash: "recognition.submission.flash.recalled")
        }
    }

    private static func receive(_ call: Call<Actor>) throws -> Change {
        let submission = try find(call)
        let level = try RecognitionStore.items(ofSubmission: submission.id, call.reader).first?.dossier.level
        let permit = try call.permit(.formPanel, submission, decidedAt: level ?? .province)
        guard submission.state == .sent else { throw Refusal(.conflict, "recognition.submission.refusal.notWaiting") }
        return .write(permit, as: "submission.receive") { tx in
            try RecognitionStore.receive(submission, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: submission.id, location: "/submissions/\(submission.id)", version: submission.revision + 1,
                flash: "recognition.submission.flash.received")
        }
    }
}
