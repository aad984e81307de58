import Core
import Web

/// Adding pictures: first the question about secrets, then the camera.
struct PracticePicturesOutput: Output {
    let practice: Practice
    /// `yes`, `no`; nil while it was not answered.
    let secret: String?
    let held: Int
    let most: Int

    static var sample: PracticePicturesOutput {
        PracticePicturesOutput(practice: .sample, secret: "no", held: 1, most: 6)
    }

    static func of(_ call: Call<Actor>) throws -> PracticePicturesOutput {
        let practice = try call.practice()
        guard call.speaks(for: practice) else { throw Refusal(.forbidden, "practices.refusal.notYours") }
        return PracticePicturesOutput(
            practice: practice, secret: call.query["secret"],
            held: try PracticesStore.pictureCount(of: practice.id, call.reader), most: PracticeRules.pictures)
    }

    struct Content: Sendable {
        let head: WebHead
        let held: String
        let here: String
        let isAsking: Bool
        let unanswered: Bool
        let refused: WebNotice?
        let form: FormView?
        let shown: [WebField]
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let home = "/practices/\(practice.id)"
        let sent = view.submitted.flatMap { $0.form == PracticePicturesForm.name ? $0 : nil }
        let answer = sent.map { $0.input.values["secret"] ?? "" } ?? secret ?? ""
        let back = WebLink("\(home)#pictures", view("practices.paper.back"))
        let form =
            answer == "no" ? view.form(PracticePicturesForm.self, action: "\(home)/pictures") : nil
        let title = view("practices.pictures.title")
        return Page(
            "practices-pictures", title: title,
            Content(
                head: WebHead(
                    title: title, lead: practice.text.name,
                    crumbs: [
                        WebCrumb(view("practices.list.title"), "/practices"), WebCrumb(practice.text.name, home),
                    ]),
                held: view("practices.pictures.held", ["held": "\(held)", "most": "\(most)"]),
                here: "\(home)/pictures/new", isAsking: answer != "no" && answer != "yes",
                unanswered: sent != nil && answer.isEmpty,
                refused: answer == "yes"
                    ? WebNotice(.error, text: view("practices.refusal.secret"), action: back) : nil,
                form: form, shown: (form?.fields ?? []).filter { $0.name != "secret" }, back: back))
    }
}

/// Letting a picture out, after both questions.
struct PracticeReleaseOutput: Output {
    let practice: Practice
    let picture: PracticePicture

    static var sample: PracticeReleaseOutput { PracticeReleaseOutput(practice: .sample, picture: .sample) }

    static func of(_ call: Call<Actor>) throws -> PracticeReleaseOutput {
        let practice = try call.practice()
        let id = try call.id("picture")
        guard
            let picture = try PracticesStore.pictures(of: practice.id, onlyReleased: false, call.reader).first(where: {
                $0.id == id
            })
        else { throw NotFound() }
        return PracticeReleaseOutput(practice: practice, picture: picture)
    }

    struct Content: Sendable {
        let head: WebHead
        let source: String
        let alt: String
        let form: FormView
        let close: FormView?
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let home = "/practices/\(practice.id)"
        let here = "\(home)/pictures/\(picture.id)"
        let title = view("practices.release.title")
        return Page(
            "practices-release", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("practices.release.lead"),
                    crumbs: [
                        WebCrumb(view("practices.list.title"), "/practices"), WebCrumb(practice.text.name, home),
                    ]),
                source: "/practice-pictures/\(picture.id)/picture", alt: picture.caption ?? practice.text.name,
                form: view.form(PracticeReleaseForm.self, action: "\(here)/release"),
                close: picture.isReleased
                    ? view.form(PracticeCloseButton.self, action: "\(here)/closing", hasPrimary: false) : nil,
                back: WebLink("\(home)#pictures", view("practices.paper.back"))))
    }
}
