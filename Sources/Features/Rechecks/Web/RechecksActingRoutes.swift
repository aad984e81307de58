import Core
import Database
import Recognition
import Web

/// The acts of a re-check: visible, allowed, possible now, right, and then kept. Looking, warning and hearing each have
/// a file of their own.
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
            "/rechecks/:id/postponement", .holding(.warnTitles), RechecksPostponeForm.self,
            again: { try RechecksReading.page($0) }
        ) { try postpone($0, $1) },
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
    static func step(
        _ action: Rechecks.Action, _ call: Call<Actor>, reason: Rechecks.Reason = .none
    ) throws -> (recheck: Rechecks.Recheck, permit: Permit<Rechecks.Recheck>, to: Rechecks.State) {
        let recheck = try call.recheck()
        let needs: Capability =
            Rechecks.LifeCycle.steps.first { $0.action == action }?.needs ?? .recheckTitles
        let permit =
            needs == .warnTitles ? try call.permitToJudge(recheck) : try call.permit(needs, recheck)
        let hands = try RechecksStore.hands(of: call.who.person, on: recheck, call.reader)
        let to = try Rechecks.LifeCycle.next(
            recheck.state, action, holding: [permit.capability], hands: hands, reason: reason)
        return (recheck, permit, to)
    }

    static func receipt(_ recheck: Rechecks.Recheck, _ flash: String, at place: String = "") -> Receipt {
        Receipt(
            id: recheck.id, location: "/rechecks/\(recheck.id)\(place)", version: recheck.revision + 1,
            flash: "rechecks.flash.\(flash)")
    }
}
