import Core
import Criteria
import Database
import Documents
import Organisation
import Recognition
import Web

/// The acts of a re-check: visible, allowed, possible now, right, and then kept.
enum RechecksActing {
    static let routes: [Route] = [
        .post(
            "/rechecks/:id/looks", .holding(.recheckTitles), RechecksLookForm.self,
            again: { try RechecksReading.page($0) }
        ) { try look($0, $1) },
        .post(
            "/rechecks/:id/conclusion", .holding(.recheckTitles), RechecksConcludeButton.self,
            again: { try RechecksReading.page($0) }
        ) { call, _ in try conclude(call) },
        .post(
            "/rechecks/:id/mending", .holding(.recheckTitles), RechecksMendForm.self,
            again: { try RechecksReading.page($0) }
        ) { try mend($0, $1) },
        .post(
            "/rechecks/:id/notice", .holding(.warnTitles), RechecksNoticeForm.self,
            again: { try RechecksReading.page($0) }
        ) { try notify($0, $1) },
        .post(
            "/rechecks/:id/answer", .holding(.answerNotice), RechecksAnswerForm.self,
            again: { try RechecksReading.page($0) }
        ) { try answer($0, $1) },
        .post(
            "/rechecks/:id/extension", .holding(.warnTitles), RechecksExtendForm.self,
            again: { try RechecksReading.page($0) }
        ) { try extend($0, $1) },
        .post(
            "/rechecks/:id/keeping", .holding(.warnTitles), RechecksKeepButton.self,
            again: { try RechecksReading.page($0) }
        ) { call, _ in try keep(call) },
        .post(
            "/rechecks/:id/summons", .holding(.warnTitles), RechecksSummonForm.self,
            again: { try RechecksReading.page($0) }
        ) { try summon($0, $1) },
        .post(
            "/rechecks/:id/hearing", .holding(.warnTitles), RechecksHearForm.self,
            again: { try RechecksReading.page($0) }
        ) { try hear($0, $1) },
        .post(
            "/rechecks/:id/withdrawal", .holding(.draftDecision), RechecksProposeForm.self,
            again: { try RechecksReading.page($0) }
        ) { try propose($0, $1) },
    ]

    /// The re-check, the leave and the step of an act; refused in words where one is missing.
    private static func step(
        _ action: Rechecks.Action, _ call: Call<Actor>, reason: Rechecks.Reason = .none
    ) throws -> (recheck: Rechecks.Recheck, permit: Permit<Rechecks.Recheck>, to: Rechecks.State) {
        let recheck = try call.recheck()
        let needs: Capability =
            Rechecks.LifeCycle.steps.first { $0.action == action }?.needs ?? .recheckTitles
        let permit = try call.permit(needs, recheck)
        let hands = try RechecksStore.hands(of: call.who.person, on: recheck, call.reader)
        let to = try Rechecks.LifeCycle.next(
            recheck.state, action, holding: [permit.capability], hands: hands, reason: reason)
        return (recheck, permit, to)
    }

    private static func receipt(_ recheck: Rechecks.Recheck, _ flash: String) -> Receipt {
        Receipt(
            id: recheck.id, location: "/rechecks/\(recheck.id)", version: recheck.revision + 1,
            flash: "rechecks.flash.\(flash)")
    }

    /// Reads typed values; every fault at once, beside its field.
    private static func read(
        _ typed: [String: String], notes: [String: String], turn: Int, group: String, among codes: [String],
        _ finding: Rechecks.Finding
    ) throws -> [(found: Rechecks.Found, note: String?)] {
        var found: [(found: Rechecks.Found, note: String?)] = []
        var refusals: [Refusal] = []
        for (code, text) in typed.sorted(by: { $0.key < $1.key }) {
            guard codes.contains(code), let indicator = finding.set.indicator(code) else {
                refusals.append(Refusal(.invalid, "rechecks.refusal.notListed", ["code": code]))
                continue
            }
            do throws(Refusal) {
                let value = try Recognition.ValueText.read(
                    text, reason: notes[code], for: indicator, field: "\(group).\(code)")
                found.append((Rechecks.Found(code, turn: turn, value), notes[code]))
            } catch { refusals.append(error) }
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return found
    }

    private static func look(_ call: Call<Actor>, _ form: RechecksLookForm) throws -> Change {
        let (recheck, permit, to) = try step(.look, call)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        let found = try read(
            form.values, notes: form.notes, turn: 1, group: "value", among: finding.listed, finding)
        return .write(permit, as: "recheck.look") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .look, to: to, due: recheck.due, deed, tx)
            try RechecksStore.look(found, at: recheck.id, deed, tx)
            return receipt(recheck, "looked")
        }
    }

    private static func conclude(_ call: Call<Actor>) throws -> Change {
        let recheck = try call.recheck()
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        let fallen = finding.fallen
        let (now, permit, to) = try step(fallen.isEmpty ? .pass : .flag, call)
        if let refusal = finding.refusalToConclude() { throw refusal }
        return .write(permit, as: "recheck.conclude") { tx in
            try RechecksStore.move(
                now, fallen.isEmpty ? .pass : .flag, to: to, due: nil,
                reason: fallen.isEmpty ? nil : fallen.joined(separator: ", "), Recognition.Deed(permit, tx), tx)
            return receipt(now, fallen.isEmpty ? "passed" : "flagged")
        }
    }

    private static func mend(_ call: Call<Actor>, _ form: RechecksMendForm) throws -> Change {
        let (recheck, permit, to) = try step(.mend, call)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        let found = try read(
            form.values, notes: form.notes, turn: 2, group: "again", among: finding.fallen, finding)
        return .write(permit, as: "recheck.mend") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(
                recheck, .mend, to: to, due: recheck.due,
                reason: found.map(\.found.code).joined(separator: ", "), deed, tx)
            try RechecksStore.look(found, at: recheck.id, deed, tx)
            return receipt(recheck, "mended")
        }
    }

    private static func notify(_ call: Call<Actor>, _ form: RechecksNoticeForm) throws -> Change {
        let (recheck, permit, to) = try step(.notify, call, reason: .perIndicator(count: form.reasons.count))
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        var refusals = finding.refusals(of: form.reasons)
        if let refusal = untilRefusal(form.until, call, finding) { refusals.append(refusal) }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return .write(permit, as: "recheck.notify") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(
                recheck, .notify, to: to, due: form.until, reason: form.reasons.keys.sorted().joined(separator: ", "),
                deed, tx)
            try RechecksStore.giveNotice(form.reasons, mendUntil: form.until, on: recheck.id, deed, tx)
            return receipt(recheck, "notified")
        }
    }

    /// The time to mend is at least what the rules give.
    private static func untilRefusal(
        _ until: Day, _ call: Call<Actor>, _ finding: Rechecks.Finding
    ) -> Refusal? {
        let first = Rechecks.Terms.of(finding.set).mendUntil(from: call.today)
        return until < first
            ? Refusal(
                .invalid, "rechecks.refusal.tooShort", field: "until", ["day": call.language.format.day(first)]) : nil
    }

    private static func answer(_ call: Call<Actor>, _ form: RechecksAnswerForm) throws -> Change {
        let (recheck, permit, to) = try step(.answer, call)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        if let other = form.done.keys.sorted().first(where: { !finding.fallen.contains($0) }) {
            throw Refusal(.invalid, "rechecks.refusal.notListed", ["code": other])
        }
        return .write(permit, as: "recheck.answer") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .answer, to: to, due: recheck.due, deed, tx)
            try RechecksStore.answer(form.text, done: form.done, to: recheck.id, deed, tx)
            return receipt(recheck, "answered")
        }
    }

    private static func extend(_ call: Call<Actor>, _ form: RechecksExtendForm) throws -> Change {
        let (recheck, permit, to) = try step(.extend, call, reason: .text(form.reason))
        if form.until <= max(call.today, recheck.due ?? call.today) {
            throw Refusal(.invalid, "rechecks.refusal.noMoreTime", field: "longer")
        }
        return .write(permit, as: "recheck.extend") { tx in
            try RechecksStore.move(
                recheck, .extend, to: to, due: form.until, reason: form.reason, Recognition.Deed(permit, tx), tx)
            return receipt(recheck, "extended")
        }
    }

    private static func keep(_ call: Call<Actor>) throws -> Change {
        let (recheck, permit, to) = try step(.keep, call)
        if let refusal = try RechecksStore.finding(of: recheck, call.reader).refusalToKeep() { throw refusal }
        return .write(permit, as: "recheck.keep") { tx in
            try RechecksStore.move(recheck, .keep, to: to, due: nil, Recognition.Deed(permit, tx), tx)
            return receipt(recheck, "kept")
        }
    }

    private static func summon(_ call: Call<Actor>, _ form: RechecksSummonForm) throws -> Change {
        let (recheck, permit, to) = try step(.summon, call, reason: .text(form.reason))
        if let refusal = Rechecks.Hearing.refusalToSummon(
            from: recheck.state, mendUntil: recheck.due, on: call.today)
        {
            throw refusal
        }
        let terms = Rechecks.Terms.of(try CriteriaStore.set(recheck.criteriaSet, call.reader))
        if let refusal = Rechecks.Hearing.refusalToInvite(to: form.day, on: call.today, terms) { throw refusal }
        return .write(permit, as: "recheck.summon") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .summon, to: to, due: form.day, reason: form.reason, deed, tx)
            try RechecksStore.invite(to: form.day, at: form.place, on: recheck.id, deed, tx)
            return receipt(recheck, "summoned")
        }
    }

    private static func hear(_ call: Call<Actor>, _ form: RechecksHearForm) throws -> Change {
        let (recheck, permit, to) = try step(.hear, call, reason: .text(form.minutes))
        guard
            let invited = try RechecksStore.hearings(of: recheck.id, call.reader).first(where: { $0.heldAt == nil })
        else { throw Refusal(.conflict, "rechecks.refusal.notHeard") }
        if let refusal = invited.hearing.refusalToRecord(on: call.today) { throw refusal }
        return .write(permit, as: "recheck.hear") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .hear, to: to, due: nil, deed, tx)
            try RechecksStore.hear(
                invited.id, came: form.came, present: form.present, minutes: form.minutes, deed, tx)
            return receipt(recheck, "heard")
        }
    }

    private static func propose(_ call: Call<Actor>, _ form: RechecksProposeForm) throws -> Change {
        let (recheck, permit, to) = try step(.propose, call, reason: .text(form.reason))
        guard
            let held = try RechecksStore.hearings(of: recheck.id, call.reader).first(where: { $0.heldAt != nil }),
            let grant = permit.grant
        else { throw Refusal(.conflict, "rechecks.refusal.notHeard") }
        // Whoever takes a title back stands at least as high as whoever gave it.
        let unit = try RecognitionStore.territory(grant.territory, seenBy: call.sight, call.reader)
        let levels = Criteria.Level.allCases
        guard
            let own = levels.firstIndex(of: unit.kind.decidingLevel), let title = levels.firstIndex(of: recheck.level),
            own >= title
        else { throw Refusal(.forbidden, "rechecks.refusal.lowerDecider") }
        let year = call.today.year
        return .write(permit, as: "recheck.propose") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .propose, to: to, due: recheck.due, reason: form.reason, deed, tx)
            let decision = try RecognitionStore.draftWithdrawal(
                Recognition.NewWithdrawal(
                    territory: grant.territory, organisation: grant.organisation, year: year,
                    title: recheck.title, reason: form.reason, heard: form.heard, heardOn: held.day), deed, tx)
            return Receipt(
                id: decision, location: "/decisions/\(decision)", version: 1, flash: "rechecks.flash.proposed")
        }
    }

    static func addEvidence(
        _ call: Call<Actor>, _ form: RechecksEvidenceForm, _ files: ContentStore
    ) throws -> Change {
        let recheck = try call.recheck()
        guard recheck.stage.awaits != nil else {
            throw Refusal(.conflict, "rechecks.refusal.notNow.\(recheck.state.rawValue)")
        }
        let isArea = call.authority.allows(call.who, .answerNotice, recheck)
        let permit = try call.permit(isArea ? .answerNotice : .recheckTitles, recheck)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        guard finding.listed.contains(form.code) else {
            throw Refusal(.invalid, "web.field.choice", field: "code")
        }
        let side: Rechecks.Side = isArea ? .area : .commune
        if let file = form.file {
            return .write(
                permit, as: "recheck.evidence",
                preparing: { try RechecksFiles.taken(file, files) }
            ) { tx, piece in
                _ = try RechecksStore.add(
                    piece, code: form.code, side: side, to: recheck.id, Recognition.Deed(permit, tx), tx)
                return receipt(recheck, "evidence")
            }
        }
        let observation = try Recognition.Observation(
            kind: isArea ? .witness : .visit, office: form.office ?? "", day: form.day ?? call.today,
            seen: form.seen ?? "", today: call.today)
        return .write(permit, as: "recheck.evidence") { tx in
            _ = try RechecksStore.add(
                .observation(observation), code: form.code, side: side, to: recheck.id, Recognition.Deed(permit, tx), tx
            )
            return receipt(recheck, "evidence")
        }
    }
}

/// Files of a re-check on their way in, looked through as those of a dossier are.
enum RechecksFiles {
    static func taken(_ upload: UploadedFile, _ files: ContentStore) throws -> RechecksStore.NewEvidence {
        let taken = try RecognitionFiles.evidence([("file", upload)], files)
        switch taken.first {
        case .picture(let picture):
            return .file(
                .picture, address: picture.address, type: FileKind.jpeg.mediaType, name: picture.fileName)
        case .document(let document):
            return .file(
                .document, address: document.address, type: document.file.kind.mediaType, name: document.fileName)
        case .observation, nil: throw Refusal(.invalid, "rechecks.refusal.noEvidence", field: "file")
        }
    }
}
