import Core
import Criteria
import Database
import Organisation
import Web

/// The posting: its page for those who work on it, the public page, residents' comments.
enum RecognitionPostingRoutes {
    private static let isPublic = "what is posted is posted for everybody"

    static let routes: [Route] = [
        .get("/dossiers/:id/posting", .signedIn, RecognitionPostingOutput.self) { try posting($0) },
        .get("/dossiers/:id/posting/notice", .signedIn, RecognitionNoticeOutput.self) { try notice($0) },
        .get("/dossiers/:id/comments/:commentID", .signedIn, RecognitionCommentOutput.self) { try comment($0) },
        .post(
            "/dossiers/:id/comments/:commentID/moderation", .holding(.moderateComments),
            RecognitionModerationForm.self, again: { try comment($0) }
        ) { try moderate($0, $1) },
        .post(
            "/dossiers/:id/comments/:commentID/answer", .holding(.holdReview), RecognitionAnswerForm.self,
            again: { try comment($0) }
        ) { try answer($0, $1) },
        .get("/posted/:id", .open(because: isPublic), RecognitionPostedOutput.self) { try posted($0) },
        .post(
            "/posted/:id/comments", .open(because: "a resident comments without an account"),
            RecognitionCommentForm.self, bodyLimit: 32_768, again: { try posted($0) }
        ) { try receive($0, $1) },
    ]

    /// Whether this person reads comments before others do, as the commune does and the area does not.
    static func isCommune(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Bool {
        try call.authority.allows(call.who, .moderateComments, dossier)
            && RecognitionStore.refusalToModerate(call.who, on: dossier, call.reader) == nil
    }

    static func posting(_ call: Call<Actor>) throws -> RecognitionPostingOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let isCommune = try isCommune(call, dossier)
        return RecognitionPostingOutput(
            dossier: try dossier.answer(reader), actions: try call.actions(on: dossier),
            posting: try RecognitionStore.posting(of: dossier.id, reader).map {
                RecognitionPostingAnswer($0.days, on: call.today)
            },
            isCommune: isCommune,
            comments: try RecognitionStore.comments(on: dossier, reader)
                .filter { isCommune || $0.state == .passed }
                .map { RecognitionCommentAnswer($0, isCommune: isCommune) })
    }

    /// The comment named in the path, if this person may see it: the area sees what was let through.
    private static func found(
        _ call: Call<Actor>
    ) throws -> (dossier: Recognition.Dossier, comment: Recognition.Comment, isCommune: Bool) {
        let dossier = try call.dossier()
        let comment = try RecognitionStore.comment(call.id("commentID"), seenBy: call.sight, call.reader)
        let isCommune = try isCommune(call, dossier)
        guard comment.dossier == dossier.id else { throw NotFound() }
        guard isCommune || comment.state == .passed else {
            guard call.authority.allows(call.who, .moderateComments, dossier) else { throw NotFound() }
            throw try RecognitionStore.refusalToModerate(call.who, on: dossier, call.reader) ?? NotFound()
        }
        return (dossier, comment, isCommune)
    }

    private static func comment(_ call: Call<Actor>) throws -> RecognitionCommentOutput {
        let (dossier, comment, isCommune) = try found(call)
        let mayAnswer = call.authority.allows(call.who, .holdReview, dossier) && comment.state == .passed
        return RecognitionCommentOutput(
            dossier: try dossier.answer(call.reader), comment: RecognitionCommentAnswer(comment, isCommune: isCommune),
            mayModerate: isCommune && comment.answer == nil && comment.state != .sealed,
            mayAnswer: mayAnswer && (comment.answer == nil || dossier.state == .posted))
    }

    private static func moderate(_ call: Call<Actor>, _ form: RecognitionModerationForm) throws -> Change {
        let (dossier, comment, _) = try found(call)
        let permit = try call.permit(.moderateComments, comment)
        if let refusal = try RecognitionStore.refusalToModerate(call.who, on: dossier, call.reader) { throw refusal }
        return .write(permit, as: "comment.moderate") { tx in
            try RecognitionStore.moderate(comment, form.moderation, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: comment.id, location: "/dossiers/\(dossier.id)/posting", version: comment.revision + 1,
                flash: "recognition.posting.flash.\(form.moderation.state.rawValue)")
        }
    }

    private static func answer(_ call: Call<Actor>, _ form: RecognitionAnswerForm) throws -> Change {
        let (dossier, comment, _) = try found(call)
        let permit = try call.permit(.holdReview, comment)
        return .write(permit, as: "comment.answer") { tx in
            try RecognitionStore.answer(comment, form.answer, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: comment.id, location: "/dossiers/\(dossier.id)/posting", version: comment.revision + 1,
                flash: "recognition.posting.flash.answered")
        }
    }

    private static func posted(_ call: Call<Visitor>) throws -> RecognitionPostedOutput {
        let reader = call.reader
        let dossier = try RecognitionStore.dossier(call.id("id"), unattended: reader)
        guard let posting = try RecognitionStore.posting(of: dossier.id, reader), call.today >= posting.days.from,
            ![.assessing, .reviewing, .withdrawn].contains(dossier.state)
        else { throw NotFound() }
        let set = try RecognitionStore.criteria(of: dossier, reader)
        let review = try RecognitionStore.review(of: dossier.id, reader)
        let (groups, total, maximum) = try groups(dossier, posting, review, reader)
        return RecognitionPostedOutput(
            id: dossier.id, area: dossier.area, commune: dossier.commune, year: dossier.year,
            titleName: RecognitionName(set.title(dossier.title)?.name ?? Criteria.Name(dossier.title)),
            posting: RecognitionPostingAnswer(posting.days, on: call.today),
            isOpen: dossier.state == .posted && posting.days.isRunning(on: call.today),
            meeting: review.deciding.map {
                RecognitionPostedOutput.Meeting(
                    day: $0.day, present: $0.present, households: $0.households, neededVotes: $0.neededVotes,
                    votedDown: review.votedDown)
            },
            groups: groups, total: total, maximum: maximum,
            comments: try RecognitionStore.comments(on: dossier, reader).compactMap { comment in
                comment.state != .passed
                    ? nil
                    : comment.shown.map {
                        RecognitionPostedOutput.Comment(
                            day: comment.at.day, text: $0, answer: comment.answer,
                            answeredOn: comment.answeredAt?.day)
                    }
            },
            ballot: RecognitionBallotResultAnswer(posting.ballot, by: .of(set, for: dossier.title)),
            vote: posting.ballot.box.flatMap { box in
                !box.isClosed && box.window.isOpen(on: call.today) ? "/vote/\(box.ballot)" : nil
            })
    }

    /// The area's own values as they were posted and as everybody may read them: notes and reasons are the enterer's
    /// words and stay inside. What was changed since is told as that: dates, votes and comments are of what was posted.
    private static func groups(
        _ dossier: Recognition.Dossier, _ posting: Recognition.Posting, _ review: Recognition.Review,
        _ reader: any Reader
    ) throws -> (groups: [RecognitionPostedOutput.Group], total: Int, maximum: Int) {
        let now = try RecognitionStore.assessment(dossier, reader)
        let assessment = Recognition.Assessment(
            now.set, for: now.aim, try RecognitionStore.ownEntries(of: dossier.id, at: posting.begun, reader))
        let score = assessment.score(.own)
        let groups = assessment.standards.map { standard, indicators in
            RecognitionPostedOutput.Group(
                code: standard.code, name: RecognitionName(standard.name),
                points: score.groups.first { $0.code == standard.code }?.points ?? 0, maximum: standard.maximum,
                lines: indicators.map { indicator in
                    let value = assessment.entry(indicator.code, .own)?.value
                    let (told, shown) = publicValue(value, indicator)
                    return RecognitionPostedOutput.Line(
                        code: indicator.code, name: RecognitionName(indicator.name), value: told, shown: shown,
                        changed: changed(value, now.entry(indicator.code, .own), indicator),
                        verdict: RecognitionVerdictAnswer(assessment.verdict(indicator, .own), of: indicator),
                        votes: review.votes(on: indicator.code), word: review.words[indicator.code])
                })
        }
        return (groups, score.total, score.maximum)
    }

    /// What stands where something else was posted; nil where it is what was posted.
    private static func changed(
        _ posted: Criteria.Value?, _ now: Recognition.Entry?, _ indicator: Criteria.Indicator
    ) -> RecognitionPostedOutput.Changed? {
        if posted == now?.value { return nil }
        if case .notApplicable? = posted, case .notApplicable? = now?.value { return nil }
        let (told, shown) = publicValue(now?.value, indicator)
        return RecognitionPostedOutput.Changed(day: now?.at.day, value: told, shown: shown)
    }

    private static func publicValue(
        _ value: Criteria.Value?, _ indicator: Criteria.Indicator
    ) -> (told: RecognitionValueAnswer?, shown: Criteria.SmallNumber.Shown) {
        guard let value else { return (nil, .whole) }
        let shown = Criteria.SmallNumber.shown(value, of: indicator)
        guard shown == .whole else { return (nil, shown) }
        if case .notApplicable = value {
            return (RecognitionValueAnswer(.notApplicable(reason: ""), indicator), shown)
        }
        return (RecognitionValueAnswer(value, indicator), shown)
    }

    private static func notice(_ call: Call<Actor>) throws -> RecognitionNoticeOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        guard let posting = try RecognitionStore.posting(of: dossier.id, reader) else { throw NotFound() }
        let review = try RecognitionStore.review(of: dossier.id, reader)
        let (groups, total, maximum) = try groups(dossier, posting, review, reader)
        return RecognitionNoticeOutput(
            dossier: try dossier.answer(reader), posting: RecognitionPostingAnswer(posting.days, on: call.today),
            groups: groups, total: total, maximum: maximum)
    }

    /// Nobody is signed in, so nobody's permit stands behind it. What came from one address is counted before it is
    /// looked at and kept nowhere else.
    private static func receive(_ call: Call<Visitor>, _ form: RecognitionCommentForm) throws -> Change {
        let id = try call.id("id")
        guard try RecognitionStore.posting(of: id, call.reader) != nil else { throw NotFound() }
        let source = call.source
        return .session { database in
            try await database.unattended(.throttle) { tx in
                try RecognitionStore.countComment(from: source, on: id, tx)
                return Receipt()
            }
            return try await database.unattended(.resident) { tx in
                try RecognitionStore.comment(form.text, contact: form.contact, on: id, at: tx.now, tx)
                return Receipt(location: "/posted/\(id)", flash: "recognition.posting.flash.received")
            }.receipt
        }
    }
}
