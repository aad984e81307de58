import Core
import Criteria
import Recognition

/// Invented dossiers: every indicator with a value near its threshold, and as much of the year's story as chance gives.
struct CountryDossier {
    let set: CountrySet
    let today: Day

    private static let handedIn: [Recognition.Action] = [.register, .handIn, .post, .submit]
    private static let stories: [[Recognition.Action]] = [
        [.register], [.register, .handIn], [.register, .handIn, .post], handedIn, handedIn + [.sendBack],
        handedIn + [.sendBack, .submit, .accept], handedIn + [.accept], handedIn + [.accept, .forward],
        handedIn + [.accept, .forward, .conclude], [.register, .withdraw],
    ]

    func dossier(_ id: ID, of area: CountryBatch.Area, _ chance: inout Chance) -> Recognition.ToldDossier {
        let title = chance.number(1...10) <= 7 ? Criteria.Title.outstanding : Criteria.Title.model
        let story = CountryDossier.stories[chance.number(0...CountryDossier.stories.count - 1)]
        let first = today.adding(days: -chance.number(225...250)).start + .hours(9)
        let acts = story.enumerated().map { index, action in
            // Registration in spring; everything else from September on.
            let days = index == 0 ? 0 : 165 + index * 7
            return Recognition.ToldDossier.Act(action, at: first + .days(days) + .minutes(chance.number(0...500)))
        }
        let aim = Criteria.Aim(title, level: .province, areaClass: area.areaClass)
        let values = set.set.indicators.map { indicator in
            Recognition.NewValue(code: indicator.code, value: value(of: indicator, for: aim, &chance), note: nil)
        }
        return Recognition.ToldDossier(
            id: id,
            registration: Recognition.Registration(
                area: area.id, year: today.year, title: title, level: .province, areaClass: area.areaClass,
                criteriaSet: set.id),
            acts: acts, values: values, filledAt: first + .days(160), area: area.committee, commune: area.front)
    }

    /// Nine in ten meet the threshold.
    private func value(
        of indicator: Criteria.Indicator, for aim: Criteria.Aim, _ chance: inout Chance
    ) -> Criteria.Value {
        let isMet = chance.number(1...10) <= 9
        if let reason = indicator.notApplicableIf, chance.number(1...8) == 1 { return .notApplicable(reason: reason) }
        switch (indicator.kind, indicator.bound(for: aim)) {
        case (.yesNo, _): return .yes(isMet)
        case (.grade(let choices), _):
            guard let best = choices.last, let worst = choices.first else { return .yes(isMet) }
            return .grade((isMet ? best : worst).code)
        case (.percentage, .quantity(let wanted)):
            let share =
                isMet
                ? min(100_000, wanted.thousandths + Int64(chance.number(0...40)) * 100)
                : max(0, wanted.thousandths - Int64(chance.number(1...90)) * 100)
            return .quantity(Quantity(thousandths: share))
        case (.ratioToBaseline, .quantity(let wanted)):
            let hundredths = chance.number(isMet ? 0...20 : -20...(-1))
            return .quantity(Quantity(thousandths: max(0, wanted.thousandths + Int64(hundredths) * 10)))
        case (_, .quantity(let wanted)):
            let more = isMet ? chance.number(0...2) : -1
            return .quantity(Quantity(thousandths: max(0, wanted.thousandths + Int64(more) * 1_000)))
        default: return .yes(isMet)
        }
    }
}
