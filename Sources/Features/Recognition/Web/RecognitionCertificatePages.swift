import Core
import Criteria
import Organisation
import Web

/// The certificates of one decision: print them, and say when they were handed over.
struct RecognitionCertificateListOutput: Output {
    struct Line: Encodable, Sendable {
        let title: ID
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let name: String
        let givenOn: Day?
        let occasion: String?
        /// Who said so.
        let givenBy: String?
        let mayGive: Bool
        /// How the title ended: nothing is printed or handed over for it any more.
        let ended: RecognitionCertificateEndingAnswer?
    }

    let decision: ID
    let number: String
    let body: String
    let certificates: [Line]
    /// Which part of all.
    let part: Recognition.CertificatePart

    static var sample: RecognitionCertificateListOutput {
        RecognitionCertificateListOutput(
            decision: RecognitionSamples.id, number: "46", body: "Sample",
            certificates: [
                Line(
                    title: RecognitionSamples.id, area: RecognitionSamples.area, commune: RecognitionSamples.commune,
                    name: "Sample", givenOn: RecognitionSamples.day, occasion: "Sample", givenBy: "Sample",
                    mayGive: true, ended: nil),
                Line(
                    title: RecognitionSamples.id, area: RecognitionSamples.area, commune: RecognitionSamples.commune,
                    name: "Sample", givenOn: RecognitionSamples.day, occasion: "Sample", givenBy: "Sample",
                    mayGive: false, ended: .sample),
            ], part: .sample)
    }

    struct Content: Sendable {
        struct Tick: Sendable {
            let field: String
            let label: String
            let isTicked: Bool
        }

        let head: WebHead
        let table: WebTable?
        let pager: WebPager?
        let all: WebLink?
        let calling: WebLink?
        let form: FormView?
        let ticks: [Tick]
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.certificate.heading", ["number": number])
        let form = view.form(
            RecognitionGivingForm.self, action: part.address("/decisions/\(decision)/giving"),
            filled: ["day": view.day(view.today), "occasion": view("recognition.certificate.giving.standard")])
        let open = certificates.filter(\.mayGive)
        let holding = certificates.count { $0.ended == nil }
        return Page(
            "recognition-certificates", title: title,
            Content(
                head: WebHead(
                    title: title, lead: body,
                    crumbs: [
                        WebCrumb(view("recognition.decision.list"), "/decisions"),
                        WebCrumb(view("recognition.decision.named", ["number": number]), "/decisions/\(decision)"),
                    ]),
                table: certificates.isEmpty ? nil : table(view),
                pager: part.pager("/decisions/\(decision)/certificates", view),
                all: holding == 0
                    ? nil
                    : WebLink(
                        part.address("/decisions/\(decision)/certificates/paper"),
                        view("recognition.certificate.printAll", ["count": "\(holding)"])),
                calling: holding == 0
                    ? nil
                    : WebLink(
                        part.address("/decisions/\(decision)/certificates/calling"),
                        view("recognition.certificate.calling.open")),
                form: open.isEmpty ? nil : form,
                ticks: open.map { line in
                    let field = "given.\(line.title)"
                    return Content.Tick(
                        field: field, label: view.named(line.area),
                        isTicked: form.typed.map { $0[field] != nil } ?? (line.givenOn == nil))
                },
                empty: certificates.isEmpty
                    ? WebEmpty(
                        title: view("recognition.certificate.none"), text: view("recognition.certificate.noneText"))
                    : nil))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.certificate.given")), WebColumn(view("recognition.certificate.column")),
            ],
            rows: certificates.map { line in
                WebRow([
                    .head(view.named(line.area), also: line.commune.map { view.named($0) }), .text(line.name),
                    .status(
                        line.givenOn.map {
                            WebStatus(.done, view("recognition.certificate.givenOn", ["day": view.day($0)]))
                        } ?? WebStatus(.notbegun, view("recognition.certificate.notGiven")),
                        also: [line.occasion, line.givenBy.map { view("recognition.certificate.by", ["name": $0]) }]
                            .compactMap { $0 }.joined(separator: " · ").nilWhenEmpty),
                    line.ended?.cell(view)
                        ?? .link(WebLink("/titles/\(line.title)/certificate", view("recognition.certificate.print"))),
                ])
            })
    }
}

extension Recognition.CertificatePart {
    static let sample = Recognition.CertificatePart(2, of: 500)

    /// The address of this part of something. With several parts each is named: without a name a commune gets its own.
    func address(_ path: String) -> String { count > 1 ? "\(path)?part=\(number)" : path }

    func pager(_ path: String, _ view: View) -> WebPager? {
        let format = view.language.format
        return WebPager.ifNeeded(
            previous: previous.map { "\(path)?part=\($0)" },
            next: next.map { "\(path)?part=\($0)" },
            said: view(
                "recognition.certificate.part",
                [
                    "from": format.integer(past + 1), "until": format.integer(min(total, past + each)),
                    "total": format.integer(total),
                ]))
    }
}

/// How the title of a certificate ended.
struct RecognitionCertificateEndingAnswer: Encodable, Sendable {
    let why: String
    /// The first day without it.
    let day: Day
    /// Of the decision that ended it.
    let number: String?

    init(_ ending: Recognition.CertificateEnding) {
        why = ending.why.rawValue
        day = ending.day
        number = ending.number
    }

    static let sample = RecognitionCertificateEndingAnswer(
        Recognition.CertificateEnding(area: "Sample", why: .withdrawn, day: RecognitionSamples.day, number: "51"))

    func cell(_ view: View) -> WebCell {
        .status(
            WebStatus(.none, view("recognition.standing.\(why)")),
            also: number.map { view("recognition.certificate.endedBy", ["number": $0, "day": view.day(day)]) }
                ?? view("recognition.certificate.endedOn", ["day": view.day(day)]))
    }
}

struct RecognitionCertificateAnswer: Encodable, Sendable {
    let title: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let decider: TerritoryTitle
    let name: String
    let level: String
    let year: Int
    let number: String
    let day: Day
    let body: String
    let from: Day
    let until: Day?
    let signer: String?
    let office: String?
    let givenOn: Day?

    init(_ certificate: Recognition.Certificate) {
        title = certificate.title.id
        area = certificate.title.area
        commune = certificate.title.commune
        decider = certificate.decider
        name = certificate.title.name
        level = certificate.title.level.rawValue
        year = certificate.title.year
        number = certificate.title.number
        day = certificate.title.day
        body = certificate.title.body
        from = certificate.title.from
        until = certificate.title.until
        signer = certificate.signer
        office = certificate.office
        givenOn = certificate.givenOn
    }

    static let sample = RecognitionCertificateAnswer(
        Recognition.Certificate(
            title: RecognitionSamples.held, decider: RecognitionSamples.province, signer: "Sample", office: "Chair",
            givenOn: RecognitionSamples.day, occasion: "Sample", givenBy: "Sample", endedBy: nil))
}

/// Certificates on A4 across, one sheet each.
struct RecognitionCertificateOutput: Output {
    let certificates: [RecognitionCertificateAnswer]
    /// Where the reader came from.
    let back: String

    static var sample: RecognitionCertificateOutput {
        RecognitionCertificateOutput(certificates: [.sample], back: "/decisions")
    }

    struct Content: Sendable {
        struct Sheet: Sendable {
            let issuer: String
            let area: String
            let place: String
            let title: String
            let year: String
            let term: String
            let decision: String
            let dayLine: String
            let authority: String
            let office: String?
            let signer: String?
            let trace: WebTrace
        }

        let heading: String
        let back: WebLink
        let sheets: [Sheet]
    }

    func page(_ view: View) -> Page {
        let heading = view("recognition.certificate.pageTitle", ["count": "\(certificates.count)"])
        return Page(
            "recognition-certificate", title: heading,
            Content(
                heading: heading, back: WebLink(back, view("recognition.certificate.back")),
                sheets: certificates.map { sheet($0, view) }))
    }

    private func sheet(_ one: RecognitionCertificateAnswer, _ view: View) -> Content.Sheet {
        Content.Sheet(
            issuer: one.body.uppercased(), area: view.named(one.area),
            // What a commune decides names it once.
            place: [one.commune, one.decider == one.commune ? nil : one.decider].compactMap { $0 }.line {
                view($0, $1)
            },
            title: one.name.uppercased(), year: view("recognition.certificate.year", ["year": "\(one.year)"]),
            term: one.until.map {
                view(
                    "recognition.certificate.term",
                    ["from": view.day(one.from), "until": view.day($0.adding(days: -1))])
            } ?? view("recognition.certificate.termOpen", ["from": view.day(one.from)]),
            decision: view("recognition.certificate.decision", ["number": one.number, "day": view.day(one.day)]),
            dayLine: "\(one.decider.name), \(view.language.format.paperDate(one.day))",
            authority: view("recognition.paper.authority"), office: one.office?.uppercased(), signer: one.signer,
            trace: view.trace(
                record: one.title, revision: 1, valid: view("recognition.certificate.valid"),
                opens: "/portal/areas/\(one.area.id)"))
    }
}
