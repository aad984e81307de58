import Core
import Organisation
import Web

extension PeopleRoleLine {
    /// "thôn Gia Hòa, xã Đồng Thông".
    func place(_ view: View) -> String {
        [territory, above].compactMap { $0 }.line { view($0, $1) }
    }

    /// "từ 01/01/2024 đến hết 31/12/2026".
    func term(_ view: View) -> String {
        guard let until else { return view("people.role.termOpen", ["from": view.day(from)]) }
        guard until > from else { return view("people.role.termNever") }
        return view("people.role.term", ["from": view.day(from), "last": view.day(until.adding(days: -1))])
    }

    func status(_ view: View) -> WebStatus {
        let state: WebState =
            switch self.state {
            case .held: .done
            case .coming: .waiting
            case .ended: .none
            }
        return WebStatus(state, view("people.role.state.\(self.state.rawValue)"))
    }

    /// "Công chức văn hóa – xã hội", "Chủ tịch Mặt trận xã, thay Ka Hương", "Người giúp việc nhập liệu của Ya Thương".
    func title(_ view: View) -> String {
        let name = view("role.\(role.rawValue).name")
        if let giver { return view("people.role.standsFor", ["role": name, "giver": giver.name]) }
        if let helped { return view("people.role.helps", ["role": name, "head": helped.name]) }
        return name
    }

    func row(_ view: View, href: String? = nil) -> WebLine {
        WebLine(
            title: title(view), href: href ?? "/roles/\(role.rawValue)",
            text: [isInNameOfPlace ? nil : organisation.name, place(view), term(view)].compactMap { $0 }
                .joined(separator: " · "), status: status(view))
    }
}

extension [PeopleActLine] {
    /// The line of events, newest first; nil when there are none.
    func history(_ view: View) -> WebHistory? {
        guard !isEmpty else { return nil }
        return WebHistory(
            events: map { act in
                let moment = view.language.format.moment(act.at)
                let who = [
                    act.by, act.giver.map { view("people.role.onBehalf", ["giver": $0]) },
                ].compactMap { $0 }
                return WebEvent(
                    state: .done, title: "\(moment): \(act.words(view))",
                    text: who.isEmpty ? nil : who.joined(separator: ", "))
            })
    }
}

extension PeopleActLine {
    /// What was done in words; an act of a newer program that has none yet reads "việc khác".
    func words(_ view: View) -> String {
        let key = "act.\(act)"
        return view(view.words.has(key) ? key : "act.other")
    }
}

extension [PeopleViewLine] {
    func history(_ view: View) -> WebHistory? {
        guard !isEmpty else { return nil }
        return WebHistory(
            events: map { look in
                let role = view.words.has("role.\(look.role).name") ? view("role.\(look.role).name") : look.role
                let who = look.giver.map {
                    view("people.role.standsFor", ["role": role, "giver": $0])
                }
                return WebEvent(
                    state: .done, title: "\(view.language.format.moment(look.at)): \(look.by)", text: who ?? role)
            })
    }
}

extension PeopleCorrection {
    /// How the clock stands: so many days left, late, or answered.
    func status(_ view: View) -> WebStatus {
        switch outcome {
        case .corrected: WebStatus(.done, view("people.correction.outcome.corrected"))
        case .kept: WebStatus(.none, view("people.correction.outcome.kept"))
        case nil: WebStatus.deadline(due, today: view.today, view.words)
        }
    }

    /// - Parameter href: of the page on which it is answered; nil for who asked.
    func row(_ view: View, href: String?) -> WebLine {
        var texts = [
            view(
                href == nil ? "people.correction.askedAt" : "people.correction.askedBy",
                ["at": view.language.format.moment(askedAt), "name": person.name, "due": view.day(due)])
        ]
        if let answer, let answeredAt {
            texts.append(
                view(
                    "people.correction.answered",
                    ["answer": answer, "name": answeredBy ?? "", "at": view.language.format.moment(answeredAt)]))
        }
        return WebLine(
            title: asked, href: answeredAt == nil ? href : nil, text: texts.joined(separator: " · "),
            status: status(view))
    }
}
