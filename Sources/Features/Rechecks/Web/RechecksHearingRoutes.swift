import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// The invitation to be heard, the minutes of the hearing, and the draft that takes a title back.
extension RechecksActing {
    static func summon(_ call: Call<Actor>, _ form: RechecksSummonForm) throws -> Change {
        let (recheck, permit, to) = try step(.summon, call, reason: .text(form.invitation.reason))
        if let refusal = Rechecks.Hearing.refusalToSummon(
            from: recheck.state, mendUntil: recheck.due, on: call.today)
        {
            throw refusal
        }
        let terms = Rechecks.Terms.of(try RechecksStore.criteria(of: recheck, call.reader))
        let refusals = [
            Rechecks.Hearing.refusalToInvite(to: form.invitation.day, on: call.today, terms),
            Rechecks.Hearing.refusalToBegin(at: form.invitation.time),
        ].compactMap { $0 }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return .write(permit, as: "recheck.summon") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(
                recheck, .summon, to: to, due: form.invitation.day, reason: form.invitation.reason, deed, tx)
            try RechecksStore.invite(form.invitation, to: recheck.id, deed, tx)
            return receipt(recheck, "summoned")
        }
    }

    /// Puts the hearing off: the area asked for another day, or the decider cannot come. The invitation is made anew, and
    /// the area has its days from it.
    static func postpone(_ call: Call<Actor>, _ form: RechecksPostponeForm) throws -> Change {
        let (recheck, permit, to) = try step(.postpone, call, reason: .text(form.why))
        guard let invited = try RechecksStore.hearings(of: recheck.id, call.reader).first(where: \.isAwaited)
        else { throw Refusal(.conflict, "rechecks.refusal.noInvitation") }
        let terms = Rechecks.Terms.of(try RechecksStore.criteria(of: recheck, call.reader))
        let refusals = [
            Rechecks.Hearing.refusalToPutOff(
                from: invited.invitation.day, at: invited.invitation.time, to: form.day, at: form.time)
                ?? Rechecks.Hearing.refusalToInvite(to: form.day, on: call.today, terms),
            Rechecks.Hearing.refusalToBegin(at: form.time),
        ].compactMap { $0 }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let invitation = Rechecks.Invitation(
            day: form.day, time: form.time, place: form.place, reason: invited.invitation.reason, number: form.number)
        return .write(permit, as: "recheck.postpone") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .postpone, to: to, due: form.day, reason: form.why, deed, tx)
            try RechecksStore.putOff(invited.id, why: form.why, deed, tx)
            try RechecksStore.invite(invitation, to: recheck.id, deed, tx)
            return receipt(recheck, "postponed")
        }
    }

    static func hear(_ call: Call<Actor>, _ form: RechecksHearForm) throws -> Change {
        let (recheck, permit, to) = try step(.hear, call, reason: .text(form.minutes))
        guard
            let invited = try RechecksStore.hearings(of: recheck.id, call.reader).first(where: \.isAwaited)
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

    /// Whoever takes a title back is of the level that gave it; for one of a district, of the province.
    static func maySeekWithdrawal(of recheck: Rechecks.Recheck, _ call: Call<Actor>) throws -> Bool {
        call.authority.allows(try seeker(of: recheck, call), .draftDecision, recheck)
    }

    /// The same person with the grants alone that the act, and the draft, stand on: none where the title was given
    /// higher than anybody here judges.
    private static func seeker(of recheck: Rechecks.Recheck, _ call: Call<Actor>) throws -> Actor {
        let judge = try call.judge(of: recheck, for: .draftDecision)
        return recheck.level == .national ? Actor(person: judge.person, name: judge.name, grants: []) : judge
    }

    static func propose(_ call: Call<Actor>, _ form: RechecksProposeForm) throws -> Change {
        let (recheck, _, to) = try step(.propose, call, reason: .text(form.reason))
        guard let held = try RechecksStore.hearings(of: recheck.id, call.reader).first(where: { $0.heldAt != nil })
        else { throw Refusal(.conflict, "rechecks.refusal.notHeard") }
        guard try maySeekWithdrawal(of: recheck, call) else {
            throw recheck.judgedAt == .commune
                ? Rechecks.refusalOfOtherJudge(recheck) : Refusal(.forbidden, "rechecks.refusal.lowerDecider")
        }
        let permit = try call.authority.permit(seeker(of: recheck, call), to: .draftDecision, recheck)
        guard let grant = permit.grant else { throw Refusal(.forbidden, "rechecks.refusal.lowerDecider") }
        let year = call.today.year
        return .write(permit, as: "recheck.propose") { tx in
            let deed = Recognition.Deed(permit, tx)
            try RechecksStore.move(recheck, .propose, to: to, due: recheck.due, reason: form.reason, deed, tx)
            let decision = try RecognitionStore.draftWithdrawal(
                Recognition.NewWithdrawal(
                    territory: grant.territory, organisation: grant.organisation, year: year,
                    title: recheck.title, reason: form.reason, basis: form.basis,
                    hearing: Recognition.WithdrawalHearing(
                        invitedOn: held.invitedAt.day, day: held.invitation.day, came: held.came == true)), deed, tx)
            return Receipt(
                id: decision, location: "/decisions/\(decision)", version: 1, flash: "rechecks.flash.proposed")
        }
    }
}
