import Core
import Web

/// What one asked to have put right, with the clock of each, and where one asks.
struct PeopleOwnCorrectionsOutput: Output {
    let corrections: [PeopleCorrection]
    /// The last day of an answer to what is asked today.
    let due: Day

    static var sample: PeopleOwnCorrectionsOutput { PeopleOwnCorrectionsOutput(corrections: [.sample], due: .first) }

    func page(_ view: View) -> Page {
        let title = view("people.correction.title")
        return Page(
            "people-form", title: title,
            PeopleFormContent(
                head: WebHead(
                    title: title, lead: view("people.correction.lead", ["due": view.day(due)]),
                    crumbs: [WebCrumb(view("people.account.title"), "/account"), WebCrumb(title)]),
                rows: corrections.isEmpty ? nil : WebRows(rows: corrections.map { $0.row(view, href: nil) }),
                form: view.form(PeopleAskForm.self, action: "/account/corrections"),
                back: WebLink("/account", view("people.account.back"))))
    }
}

/// Requests that wait for an answer, and those answered lately.
struct PeopleCorrectionsOutput: Output {
    let corrections: [PeopleCorrection]

    static var sample: PeopleCorrectionsOutput { PeopleCorrectionsOutput(corrections: [.sample]) }

    struct Content: Sendable {
        let head: WebHead
        let rows: WebRows?
        let empty: WebEmpty?
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("people.correction.listTitle")
        return Page(
            "people-corrections", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("people.correction.listLead"),
                    crumbs: [WebCrumb(view("people.list.title"), "/people"), WebCrumb(title)]),
                rows: corrections.isEmpty
                    ? nil : WebRows(rows: corrections.map { $0.row(view, href: "/corrections/\($0.id)") }),
                empty: corrections.isEmpty
                    ? WebEmpty(title: view("people.correction.none"), text: view("people.correction.noneText")) : nil,
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: title,
                    revision: "1", valid: view("people.list.printValid"))))
    }
}

/// One request with the form of its answer.
struct PeopleCorrectionOutput: Output {
    let correction: PeopleCorrection
    let name: String
    let birthYear: Int?
    let phone: String?

    static var sample: PeopleCorrectionOutput {
        PeopleCorrectionOutput(correction: .sample, name: "Ya Thuong", birthYear: 1968, phone: "0912345678")
    }

    func page(_ view: View) -> Page {
        let title = view("people.correction.one", ["name": correction.person.name])
        let isOpen = correction.answeredAt == nil
        var filled = ["name": name]
        if let birthYear { filled["birthYear"] = "\(birthYear)" }
        if let phone { filled["phone"] = phone }
        return Page(
            "people-form", title: title,
            PeopleFormContent(
                head: WebHead(
                    title: title, lead: view("people.correction.oneLead"),
                    crumbs: [
                        WebCrumb(view("people.list.title"), "/people"),
                        WebCrumb(view("people.correction.listTitle"), "/corrections"), WebCrumb(title),
                    ], status: correction.status(view)),
                rows: WebRows(rows: [correction.row(view, href: nil)]),
                form: isOpen
                    ? view.form(
                        PeopleAnswerForm.self, action: "/corrections/\(correction.id)", filled: filled) : nil,
                back: WebLink("/corrections", view("people.correction.back"))))
    }
}
