import Core
import Database
import Recognition
import Web

/// The area's answer to a notice, more time, and keeping the title.
extension RechecksActing {
    static func answer(_ call: Call<Actor>, _ form: RechecksAnswerForm) throws -> Change {
        let (recheck, permit, to) = try step(.answer, call)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        if let other = form.done.keys.sorted().first(where: { !finding.lacking.contains($0) }) {
            throw Refusal(.invalid, "rechecks.refusal.notListed", ["code": other])
        }
        return .write(permit, as: "recheck.answer") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .answer, to: to, due: recheck.due, deed, tx)
            try RechecksStore.answer(form.text, done: form.done, to: recheck.id, deed, tx)
            return receipt(recheck, "answered")
        }
    }

    static func extend(_ call: Call<Actor>, _ form: RechecksExtendForm) throws -> Change {
        let (recheck, permit, to) = try step(.extend, call, reason: .text(form.reason))
        if let refusal = Rechecks.refusalToExtend(
            to: form.until, due: recheck.due, title: recheck.until, on: call.today)
        {
            throw refusal
        }
        return .write(permit, as: "recheck.extend") { tx in
            try RechecksStore.move(
                recheck, .extend, to: to, due: form.until, reason: form.reason, Recognition.Deed(permit, tx), tx)
            return receipt(recheck, "extended")
        }
    }

    static func keep(_ call: Call<Actor>) throws -> Change {
        let (recheck, permit, to) = try step(.keep, call)
        if let refusal = try RechecksStore.finding(of: recheck, call.reader).refusalToKeep() { throw refusal }
        return .write(permit, as: "recheck.keep") { tx in
            try RechecksStore.move(recheck, .keep, to: to, due: nil, Recognition.Deed(permit, tx), tx)
            return receipt(recheck, "kept")
        }
    }
}
