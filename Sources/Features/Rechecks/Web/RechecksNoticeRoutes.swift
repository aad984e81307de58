import Core
import Database
import Documents
import Recognition
import Web

/// A notice (thông báo) on its way to a paper: drafted, printed and signed, thrown away or given.
enum RechecksNoticeRoutes {
    static func routes(_ files: ContentStore) -> [Route] {
        [
            .post(
                "/rechecks/:id/notice", .holding(.warnTitles), RechecksNoticeForm.self,
                again: { try RechecksReading.page($0) }
            ) { try draft($0, $1) },
            .post(
                "/rechecks/:id/notice/removal", .holding(.warnTitles), RechecksRetractButton.self,
                again: { try RechecksReading.page($0) }
            ) { call, _ in try retract(call) },
            .post(
                "/rechecks/:id/notice/issue", .holding(.warnTitles), RechecksSignForm.self, bodyLimit: 24 << 20,
                again: { try RechecksReading.page($0) }
            ) { try issue($0, $1, files) },
            .file("/rechecks/:id/notice/scan", .signedIn) { try scan($0, files) },
        ]
    }

    private static func draft(_ call: Call<Actor>, _ form: RechecksNoticeForm) throws -> Change {
        let (recheck, permit, to) = try RechecksActing.step(
            .draft, call, reason: .perIndicator(count: form.reasons.count))
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        let terms = Rechecks.Terms.of(finding.set)
        var refusals = finding.refusals(of: form.reasons)
        if let refusal = terms.refusalToMend(inDays: form.days) { refusals.append(refusal) }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return .write(permit, as: "recheck.draft") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(
                recheck, .draft, to: to, due: recheck.due, reason: form.reasons.keys.sorted().joined(separator: ", "),
                deed, tx)
            try RechecksStore.draftNotice(
                form.reasons, term: terms.mending(days: form.days), on: recheck.id, deed, tx)
            return RechecksActing.receipt(recheck, "drafted")
        }
    }

    /// The draft in hand.
    private static func drafted(_ recheck: Rechecks.Recheck, _ call: Call<Actor>) throws -> Rechecks.Notice {
        guard let notice = try RechecksStore.notices(of: recheck.id, call.reader).first, notice.isDraft else {
            throw Refusal(.conflict, "rechecks.refusal.noNotice")
        }
        return notice
    }

    private static func retract(_ call: Call<Actor>) throws -> Change {
        let (recheck, permit, to) = try RechecksActing.step(.retract, call)
        let notice = try drafted(recheck, call)
        return .write(permit, as: "recheck.retract") { tx in
            try RechecksStore.move(recheck, .retract, to: to, due: recheck.due, Recognition.Deed(permit, tx), tx)
            try RechecksStore.discardNotice(notice.id, tx)
            return RechecksActing.receipt(recheck, "retracted")
        }
    }

    private static func issue(
        _ call: Call<Actor>, _ form: RechecksSignForm, _ files: ContentStore
    ) throws -> Change {
        let (recheck, permit, to) = try RechecksActing.step(.notify, call)
        let notice = try drafted(recheck, call)
        let watched = try RechecksStore.events(of: recheck.id, call.reader).first { $0.action == .flag }?.at.day
        let refusals =
            Rechecks.refusals(
                ofNoticeSigned: form.paper.day, watched: watched ?? recheck.from, drafted: notice.at.day,
                term: notice.term, on: call.today)
            + [try RechecksStore.refusal(ofNumber: form.paper, of: permit.grant?.organisation, call.reader)]
            .compactMap { $0 }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let until = notice.term.lastDay(from: form.paper.day, in: .vietnam)
        return .write(
            permit, as: "recheck.notify",
            preparing: { try RecognitionFiles.scan(form.scan, files, field: "scan") }
        ) { tx, scan in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(
                recheck, .notify, to: to, due: until, reason: notice.reasons.keys.sorted().joined(separator: ", "),
                on: form.paper.day, deed, tx)
            try RechecksStore.giveNotice(notice.id, form.paper, scan: scan, mendUntil: until, deed, tx)
            return RechecksActing.receipt(recheck, "notified")
        }
    }

    private static func scan(_ call: Call<Actor>, _ files: ContentStore) throws -> FileAnswer {
        let recheck = try call.recheck()
        guard let scan = try RechecksStore.notices(of: recheck.id, call.reader).first?.paper?.scan else {
            throw NotFound()
        }
        // A PDF can carry scripts: it is handed over, not opened within the site.
        let isPicture = scan.type == FileKind.jpeg.mediaType
        return RecognitionFiles.answer(
            scan.address, type: scan.type, name: isPicture ? "\(scan.address.hex.prefix(12)).jpg" : scan.name,
            isShown: isPicture, files)
    }
}
