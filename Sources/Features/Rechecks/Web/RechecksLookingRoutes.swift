import Core
import Criteria
import Database
import Recognition
import Web

/// Looking on the spot, concluding from it, and looking again at what fell.
extension RechecksActing {
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

    static func look(_ call: Call<Actor>, _ form: RechecksLookForm) throws -> Change {
        let (recheck, permit, to) = try step(.look, call)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        let found = try seen(
            read(form.values, notes: form.notes, turn: 1, group: "value", among: finding.listed, finding),
            beside: RechecksStore.looks(of: recheck.id, call.reader))
        let next = form.part.flatMap { finding.part(after: $0, saving: Set(found.map(\.found.code))) }
        return .write(permit, as: "recheck.look") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .look, to: to, due: recheck.due, deed, tx)
            try RechecksStore.look(found, at: recheck.id, deed, tx)
            return receipt(recheck, "looked", at: next.map { "?group=\($0.code)#h-look" } ?? "")
        }
    }

    /// What was seen otherwise than an office's figure says, with a note on why; the figure itself, sent again, says
    /// nothing new.
    private static func seen(
        _ found: [(found: Rechecks.Found, note: String?)], beside looks: [Rechecks.Look]
    ) throws -> [(found: Rechecks.Found, note: String?)] {
        var refusals: [Refusal] = []
        let seen = found.filter { one, note in
            guard let given = looks.first(where: { $0.found.code == one.code && $0.found.turn == 1 }),
                let office = given.office
            else { return true }
            guard given.found.value != one.value else { return false }
            if note == nil {
                refusals.append(
                    Refusal(
                        .invalid, "rechecks.refusal.unlikeOffice", field: "note.\(one.code)",
                        ["office": office, "code": one.code]))
            }
            return true
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return seen
    }

    static func conclude(_ call: Call<Actor>) throws -> Change {
        let recheck = try call.recheck()
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        let lacking = finding.lacking
        let (now, permit, to) = try step(lacking.isEmpty ? .pass : .flag, call)
        if let refusal = finding.refusalToConclude() { throw refusal }
        if let refusal = try RechecksStore.refusalToConclude(beside: now, call.reader) { throw refusal }
        return .write(permit, as: "recheck.conclude") { tx in
            if let refusal = try RechecksStore.refusalToConclude(beside: now, tx) { throw refusal }
            try RechecksStore.move(
                now, lacking.isEmpty ? .pass : .flag, to: to, due: nil,
                reason: lacking.isEmpty ? nil : lacking.joined(separator: ", "), Recognition.Deed(permit, tx), tx)
            return receipt(now, lacking.isEmpty ? "passed" : "flagged")
        }
    }

    static func mend(_ call: Call<Actor>, _ form: RechecksMendForm) throws -> Change {
        let (recheck, permit, to) = try step(.mend, call)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        let found = try read(
            form.values, notes: form.notes, turn: 2, group: "again", among: finding.lacking, finding)
        let isMended = finding.looking(again: found.map(\.found)).unmended.isEmpty
        return .write(permit, as: "recheck.mend") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(
                recheck, .mend, to: to, due: recheck.due,
                reason: found.map(\.found.code).joined(separator: ", "), deed, tx)
            try RechecksStore.look(found, at: recheck.id, deed, tx)
            try RechecksStore.keepMended(isMended, of: recheck.id, on: deed.at.day, tx)
            return receipt(recheck, "mended")
        }
    }
}
