import Core

extension Recognition {
    /// One act of the story as far as its rules ask: what was done, where the dossier stood, and on which day.
    package struct StoryAct: Sendable {
        package let action: Action
        package let from: State?
        package let day: Day

        package init(_ action: Action, from: State?, on day: Day) {
            self.action = action
            self.from = from
            self.day = day
        }
    }

    /// Who did a row of the story, as it is told: the commune and the panel both accept and send back, and an office
    /// of the area is the area's, whichever body its holder is counted with.
    ///
    /// - Parameters:
    ///   - action: as it stands in the row; the product's own acts are nobody's.
    ///   - state: where the dossier stood before.
    ///   - isOfArea: who acted did it in an office over the area itself.
    package static func party(of action: String, from state: State?, isOfArea: Bool) -> Party? {
        guard let action = Action(rawValue: action) else { return nil }
        switch action {
        case .sendBack: return state == .forwarded ? .panel : .commune
        case .score, .conclude: return .panel
        case .accept, .forward, .recall: return .commune
        case .register, .fill, .handIn, .adopt, .reopen, .hold, .post, .count, .submit, .propose, .unpropose,
            .recognise, .refuse, .reconsider, .reappraise:
            return isOfArea ? .area : nil
        // The commune may give an area's registration back too: then it says so.
        case .withdraw: return isOfArea ? .area : .commune
        }
    }

    /// The day on which each station was passed. What was taken back is passed no longer; what an area hands in again
    /// after mending it handed in the first time.
    ///
    /// - Parameter acts: oldest first.
    package static func passed(_ acts: [StoryAct]) -> [Station: Day] {
        var passed: [Station: Day] = [:]
        for act in acts {
            for station in Station.allCases where LifeCycle.passes(station).contains(act.action) {
                if act.action == .submit, act.from == .returned, passed[station] != nil { continue }
                passed[station] = act.day
            }
            let undone: [Station] =
                switch act.action {
                case .reopen: [.assessment]
                case .recall: [.submission]
                case .sendBack: [.check, .submission, .appraisal]
                case .reconsider: [.decision]
                case .reappraise: [.appraisal, .decision]
                default: []
                }
            for station in undone { passed[station] = nil }
        }
        return passed
    }
}
