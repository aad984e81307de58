import Core
import Criteria
import Database
import Offices
import Organisation
import People
import Recognition
import Web

extension HomeStore {
    /// What waits for this person, in home's order. The features say what; home says in which words and order.
    func duties(of actor: Actor, and sources: [WaitingSource]) throws -> [HomeDuty] {
        let others = try sources.flatMap { try $0(actor, today, reader) }
        let waiting = try RecognitionDuties.waiting(for: actor, on: today, reader)
        let own = try dossiers(waiting)
        let assessments = try RecognitionStore.assessments(Array(own.values), reader)
        let returned = try returned(Array(own.values))
        // What an office is still to put in is not for the area to do.
        let awaited = try own.mapValues { dossier in
            try OfficesStore.supply(of: dossier, on: today, reader).filter { $0.value.standing == .awaited }
        }
        return try HomeOrder.sorted(
            waiting.map { duty in
                switch duty.subject {
                case .dossier(let id, let area, let state):
                    let act = HomeAct(state)
                    let unfilled = assessments[id]?.unfilled.filter { awaited[id]?[$0] == nil }
                    let back = returned[id] ?? []
                    let wait =
                        state == .posted
                        ? try RecognitionDuties.countWait(of: id, in: area.id, on: today, reader) : nil
                    let isFilled = act == .assess && unfilled?.isEmpty == true && awaited[id]?.isEmpty != false
                    return HomeDuty(
                        act: act, subject: id, area: area, title: duty.title, titleName: HomeName(duty.titleName),
                        count: act == .assess ? unfilled?.count : act == .mend ? back.count : nil,
                        named: act == .mend && !back.isEmpty ? back.joined(separator: ", ") : wait?.named,
                        year: duty.year, due: duty.due,
                        minutes: minutes(act, assessments[id], unfilled, back), href: duty.href,
                        returnedBy: own[id]?.returnedBy?.rawValue,
                        step: duty.isReviewed
                            ? "reviewed"
                            : isFilled
                                ? "filled" : wait?.step, until: wait?.last)
                case .task(let task, let area, let count):
                    return HomeDuty(
                        act: HomeAct(task), subject: nil, area: area, title: duty.title,
                        titleName: HomeName(duty.titleName), count: count,
                        named: task == .reconfirm ? duty.codes.joined(separator: ", ") : nil, year: duty.year,
                        due: duty.due, minutes: nil, href: duty.href)
                case .toForward(let count):
                    return HomeDuty(
                        act: .forward, subject: nil, area: nil, title: duty.title,
                        titleName: HomeName(duty.titleName), count: count, named: nil, year: duty.year, due: duty.due,
                        minutes: nil, href: duty.href)
                case .toDraft(let count):
                    return HomeDuty(
                        act: .propose, subject: nil, area: nil, title: duty.title,
                        titleName: HomeName(duty.titleName), count: count, named: nil, year: duty.year, due: duty.due,
                        minutes: nil, href: duty.href)
                case .toIssue(let id, let count):
                    return HomeDuty(
                        act: .issue, subject: id, area: nil, title: duty.title, titleName: HomeName(duty.titleName),
                        count: count, named: nil, year: duty.year, due: duty.due, minutes: nil, href: duty.href)
                }
            } + corrections(of: actor) + others.map(HomeDuty.init))
    }

    /// Requests for correction that this person answers.
    private func corrections(of actor: Actor) throws -> [HomeDuty] {
        try PeopleStore.correctionsWaiting(for: actor, today: today, reader).map { correction in
            HomeDuty(
                act: .correct, subject: correction.id, area: nil, title: "", titleName: HomeName(Criteria.Name("")),
                count: nil, named: correction.person.name, year: nil, due: correction.due, minutes: nil,
                href: "/corrections/\(correction.id)")
        }
    }

    /// The dossiers that the area has in hand, whose values tell how much is left to do.
    private func dossiers(_ waiting: [Recognition.Duty]) throws -> [ID: Recognition.Dossier] {
        var found: [ID: Recognition.Dossier] = [:]
        for duty in waiting {
            guard case .dossier(let id, _, let state) = duty.subject, [.assess, .mend].contains(HomeAct(state)) else {
                continue
            }
            found[id] = try RecognitionStore.dossier(id, seenBy: sight, reader)
        }
        return found
    }

    /// What the criteria set reckons for the indicators that are left; nil where it says nothing.
    private func minutes(
        _ act: HomeAct, _ assessment: Recognition.Assessment?, _ unfilled: [String]?, _ back: [String]
    ) -> Int? {
        guard let assessment else { return nil }
        let left = act == .assess ? unfilled ?? [] : act == .mend ? back : []
        let sum = assessment.indicators.filter { left.contains($0.code) }.compactMap(\.minutes).reduce(0, +)
        return sum > 0 ? sum : nil
    }
}

extension Recognition.CountWait {
    fileprivate var named: String? { people.isEmpty ? nil : people.joined(separator: ", ") }

    /// The last word of the key that tells how it stands.
    fileprivate var step: String {
        // Two have to enter it: with one who can, that is not enough either.
        let isShort = stage == .open ? people.count < 2 : people.isEmpty
        if awaitsEntry, isShort { return "\(stage.rawValue)Nobody" }
        // Nothing is counted before the last day of the posting is over.
        if stage == .open, !isPostingOver { return "out" }
        return stage == .fixed && isPostingOver ? "fixedOver" : stage.rawValue
    }
}

extension HomeAct {
    /// What waits beside the stages of a dossier.
    init(_ task: Recognition.Task) {
        switch task {
        case .register: self = .register
        case .confirm: self = .confirm
        case .reconfirm: self = .reconfirm
        case .count: self = .count
        case .answer: self = .answer
        case .moderate: self = .moderate
        case .declare: self = .declare
        case .score: self = .score
        case .panel: self = .panel
        case .ownPanel: self = .ownPanel
        case .give: self = .give
        }
    }

    /// What a dossier in this state asks of whoever has it in hand.
    init(_ state: Recognition.State) {
        switch state {
        case .reviewing: self = .review
        case .posted: self = .post
        case .returned: self = .mend
        case .submitted: self = .check
        case .accepted: self = .forward
        case .forwarded: self = .appraise
        case .appraised: self = .propose
        case .proposed: self = .issue
        case .assessing, .recognised, .refused, .withdrawn: self = .assess
        }
    }
}
