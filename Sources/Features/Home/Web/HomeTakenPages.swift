import Core
import Organisation
import Web

extension HomeTexts {
    /// What a person's bodies took on, each line the way to what came of it. Nil where there is nothing.
    func taken(_ home: HomeOutput) -> WebRows? {
        guard !home.taken.isEmpty else { return nil }
        return WebRows(
            rows: home.taken.map { one in
                WebLine(
                    title: "\(one.code) \(one.name.text(in: view.language))", href: "/taken-criteria/\(one.id)/review",
                    text: [view("home.taken.target", ["target": one.target]), reach(one), term(one)]
                        .compactMap { $0 }.joined(separator: " · "), status: status(one))
            })
    }

    /// "mọi khu dân cư của xã Đơn Dương", or "thôn Thông Xanh; mới có ở 1 trong 26 khu dân cư".
    private func reach(_ one: HomeTaken) -> String {
        let place = named(one.place)
        guard one.place.kind == .area else { return view("home.taken.whole", ["unit": place]) }
        guard let count = one.areas, let all = one.all else { return place }
        return view(
            "home.taken.some", ["area": place, "count": format.integer(count), "all": format.integer(all)])
    }

    private func term(_ one: HomeTaken) -> String? {
        one.outcome == nil && one.until > view.today
            ? view("home.taken.until", ["day": view.day(one.until)]) : nil
    }

    private func status(_ one: HomeTaken) -> WebStatus? {
        guard let outcome = one.outcome else {
            return one.until <= view.today ? WebStatus(.late, view("home.taken.due")) : nil
        }
        let word = view("home.taken.outcome.\(outcome.rawValue)")
        switch outcome {
        case .met: return WebStatus(.done, word)
        case .partly: return WebStatus(.waiting, word)
        case .unmet: return WebStatus(.unmet, word)
        }
    }
}
