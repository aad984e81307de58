import Core
import Criteria
import Database
import Organisation
import Web

/// The review meeting: sittings, votes, what was voted down; and closing the self-assessment before it.
enum RecognitionReviewRoutes {
    static func routes(_ calendar: Recognition.YearCalendar, _ hooks: RecognitionHooks) -> [Route] {
        [
            .post(
                "/dossiers/:id/hand-in", .holding(.submitAssessment), RecognitionHandInForm.self,
                again: { try RecognitionDossierRoutes.assessment($0, hooks) }
            ) { try handIn($0, $1, calendar) },
            .post(
                "/dossiers/:id/confirmation", .holding(.fillAssessment), RecognitionConfirmationForm.self,
                again: { try RecognitionDossierRoutes.assessment($0, hooks) }
            ) { try confirm($0, $1) },
            .get(
                "/dossiers/:id/review", .signedIn, RecognitionReviewOutput.self,
                query: [
                    Field("correct", .record, optional: true), Field("again", .choice(["yes"]), optional: true),
                ]
            ) { try review($0) },
            .post(
                "/dossiers/:id/review/sittings", .holding(.holdReview), RecognitionSittingForm.self,
                again: { try review($0) }
            ) { try hold($0, $1) },
            .post(
                "/dossiers/:id/review/work", .holding(.fillAssessment), RecognitionReviewWorkForm.self,
                again: { try review($0) }
            ) { try work($0, $1) },
            .post(
                "/dossiers/:id/posting", .holding(.holdReview), RecognitionPostingForm.self, again: { try review($0) }
            ) { try post($0, $1, calendar) },
            .get(
                "/dossiers/:id/review/minutes", .signedIn, RecognitionReviewMinutesOutput.self,
                query: [Field("sitting", .record, optional: true)]
            ) { try minutes($0) },
            .get("/dossiers/:id/review/attendance", .signedIn, RecognitionAttendanceOutput.self) {
                try attendance($0)
            },
        ]
    }

    private static func handIn(
        _ call: Call<Actor>, _ form: RecognitionHandInForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.submitAssessment, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .handIn, holding: [permit.capability])
        return .write(permit, as: "dossier.handIn") { tx in
            let revision = try RecognitionStore.handIn(
                dossier, withoutOwn: form.withoutOwn, Recognition.Deed(permit, tx), calendar: calendar, tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/review", version: revision,
                flash: "recognition.review.flash.handedIn")
        }
    }

    private static func confirm(_ call: Call<Actor>, _ form: RecognitionConfirmationForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.fillAssessment, dossier)
        return .write(permit, as: "value.confirm") { tx in
            try RecognitionStore.confirm(form.code, of: dossier, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/assessment",
                flash: "recognition.review.flash.confirmed")
        }
    }

    static func lines(
        _ set: CriteriaSet, _ title: String, _ review: Recognition.Review
    ) -> [RecognitionReviewOutput.Line] {
        set.standards.flatMap { standard in
            standard.indicators(for: title).map { indicator in
                let code = indicator.code
                let sitting = review.sitting(on: code)
                return RecognitionReviewOutput.Line(
                    code: code, name: RecognitionName(indicator.name), group: standard.code,
                    groupName: RecognitionName(standard.name), votes: review.votes(on: code),
                    present: sitting?.present, isDisputed: sitting?.disputed.contains(code) ?? false,
                    isCarried: review.isCarried(code), word: review.words[code])
            }
        }
    }

    /// What the form begins with where the area never met: who is signed in leads.
    private static func usual(
        _ dossier: Recognition.Dossier, _ call: Call<Actor>
    ) throws -> RecognitionReviewOutput.Usual? {
        if let known = try RecognitionStore.usualMeeting(of: dossier.area.id, call.reader) {
            return RecognitionReviewOutput.Usual(
                venue: known.venue, chair: known.chair, secretary: known.secretary, attended: known.attended)
        }
        return RecognitionReviewOutput.Usual(venue: "", chair: call.who.name, secretary: "", attended: [])
    }

    static func review(_ call: Call<Actor>) throws -> RecognitionReviewOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let set = try RecognitionStore.criteria(of: dossier, reader)
        let review = try RecognitionStore.review(of: dossier.id, reader)
        let households = try RecognitionStore.households(of: dossier.id, reader)
        let recorded = try RecognitionStore.profile(of: dossier.area.id, reader).households
        let actions = try call.actions(on: dossier)
        let correcting =
            actions.contains(.hold)
            ? call.query["correct"].flatMap { ID($0) }.flatMap { id in review.sittings.first { $0.id == id } } : nil
        return RecognitionReviewOutput(
            dossier: RecognitionDossierAnswer(dossier, set), actions: actions,
            terms: RecognitionTermsAnswer(.of(set, for: dossier.title), households: households),
            sittings: review.sittings.map { RecognitionSittingAnswer($0) },
            deciding: review.deciding.map { RecognitionSittingAnswer($0) },
            lines: lines(set, dossier.title, review), down: review.votedDown, open: review.open,
            correcting: correcting.map { RecognitionSittingAnswer($0) },
            correctingVotes: correcting.map { sitting in
                sitting.votes.filter { sitting.disputed.contains($0.key) }
            } ?? [:], usual: actions.contains(.hold) ? try usual(dossier, call) : nil,
            isAsked: call.query["again"] != nil,
            background: RecognitionBackgroundAnswer(
                try RecognitionStore.backgrounds(of: [dossier], reader)[dossier.id] ?? .none),
            recorded: recorded == households ? nil : recorded,
            mayChangeHouseholds: try RecognitionHouseholdsRoutes.mayChange(call, dossier))
    }

    private static func hold(_ call: Call<Actor>, _ form: RecognitionSittingForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.holdReview, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .hold, holding: [permit.capability])
        return .write(permit, as: "dossier.hold") { tx in
            let sitting = try RecognitionStore.holdSitting(
                form.record, correcting: form.corrected, of: dossier, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: sitting.id, location: "/dossiers/\(dossier.id)/review", version: dossier.revision,
                flash: sitting.hasQuorum
                    ? "recognition.review.flash.held" : "recognition.review.flash.heldWithoutQuorum")
        }
    }

    private static func work(_ call: Call<Actor>, _ form: RecognitionReviewWorkForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.fillAssessment, dossier)
        guard dossier.state == .reviewing else {
            _ = try Recognition.LifeCycle.possible(dossier.state, .hold)
            throw NotFound()
        }
        return .write(permit, as: "review.work") { tx in
            try RecognitionStore.workOn(form.words, of: dossier, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/review", version: dossier.revision,
                flash: "recognition.review.flash.worked")
        }
    }

    private static func post(
        _ call: Call<Actor>, _ form: RecognitionPostingForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.holdReview, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .post, holding: [permit.capability])
        return .write(permit, as: "dossier.post") { tx in
            let revision = try RecognitionStore.post(
                dossier, from: form.from, last: form.last, Recognition.Deed(permit, tx), calendar: calendar, tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/posting", version: revision,
                flash: "recognition.review.flash.posted")
        }
    }

    private static func minutes(_ call: Call<Actor>) throws -> RecognitionReviewMinutesOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let set = try RecognitionStore.criteria(of: dossier, reader)
        let review = try RecognitionStore.review(of: dossier.id, reader)
        let asked = call.query["sitting"].flatMap { ID($0) }
        let sitting =
            asked.map { id in review.sittings.first { $0.id == id } } ?? review.deciding ?? review.sittings.last
        guard let sitting else { throw NotFound() }
        return RecognitionReviewMinutesOutput(
            dossier: RecognitionDossierAnswer(dossier, set), sitting: RecognitionSittingAnswer(sitting),
            lines: lines(set, dossier.title, Recognition.Review(sittings: [sitting], words: [:]))
                .filter { sitting.votes[$0.code] != nil })
    }

    private static func attendance(_ call: Call<Actor>) throws -> RecognitionAttendanceOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let households = try RecognitionStore.households(of: dossier.id, reader)
        let terms = try RecognitionStore.terms(of: dossier, reader)
        return RecognitionAttendanceOutput(
            dossier: try dossier.answer(reader),
            rows: min(households ?? 100, RecognitionAttendanceOutput.mostRows),
            needed: households.map { terms.quorum.needed(of: $0) })
    }
}
