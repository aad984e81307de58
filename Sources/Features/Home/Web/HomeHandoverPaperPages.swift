import Core
import Documents
import Organisation
import People
import Web

/// A handover in the reader's words.
struct HandoverTexts {
    /// One heading with its lines.
    struct Part: Sendable {
        let title: String
        let rows: WebRows?
        let lines: [String]
        let none: String?
    }

    let view: View

    private var home: HomeTexts { HomeTexts(view: view) }

    /// "Trưởng thôn · Thôn Thông Xanh, xã Đơn Dương".
    func office(_ office: HandoverOffice) -> String {
        let place = [office.territory, office.above].compactMap { $0?.kind == .country ? nil : $0 }
        return "\(view("role.\(office.role.rawValue).name")) · \(place.line { view($0, $1) })"
    }

    /// "Trưởng thôn, thôn Thông Xanh, xã Đơn Dương", inside a sentence.
    func officeInside(_ office: HandoverOffice) -> String {
        let place = [office.territory, office.above].compactMap { $0?.kind == .country ? nil : $0 }
        return ([view("role.\(office.role.rawValue).name")] + place.map { $0.named { view($0, $1) } })
            .joined(separator: ", ")
    }

    func status(_ handover: Handover) -> WebStatus {
        let word = view("home.handover.state.\(handover.state.rawValue)")
        return switch handover.state {
        case .drawn: WebStatus(.waiting, word)
        case .completed: WebStatus(.done, word)
        case .withdrawn: WebStatus(.none, word)
        }
    }

    /// What was carried out is told with the day it began on; the paper keeps its own.
    private func day(of handover: Handover) -> Day {
        handover.state == .completed ? handover.begins(on: view.today) : handover.day
    }

    func row(_ handover: Handover) -> WebLine {
        WebLine(
            title: office(handover.office), href: "/handovers/\(handover.id)",
            text: view(
                "home.handover.fromTo", ["giver": handover.office.holder.name, "receiver": handover.receiverName]),
            right: view.day(day(of: handover)), status: status(handover))
    }

    func facts(_ handover: Handover) -> WebFacts {
        var facts = [
            WebFact(view("home.handover.fact.giver"), handover.office.holder.name),
            WebFact(view("home.handover.fact.receiver"), handover.receiverName),
            WebFact(view("home.handover.fact.day"), view.day(day(of: handover))),
            WebFact(view("home.handover.fact.organisation"), handover.office.organisation.name),
            WebFact(
                view("home.handover.fact.drawn"),
                "\(handover.drawnBy.name), \(view.language.format.moment(handover.drawnAt))"),
        ]
        if let by = handover.completedBy, let at = handover.completedAt {
            facts.append(
                WebFact(view("home.handover.fact.completed"), "\(by.name), \(view.language.format.moment(at))"))
        }
        return WebFacts(facts: facts)
    }

    private func part(_ key: String, _ lines: [WebLine], links: Bool) -> Part {
        Part(
            title: view("home.handover.part.\(key)"), rows: lines.isEmpty || !links ? nil : WebRows(rows: lines),
            lines: links
                ? []
                : lines.map { [$0.title, $0.text, $0.right].compactMap { $0 }.joined(separator: " · ") },
            none: lines.isEmpty ? view("home.handover.nothing") : nil)
    }

    /// What the product knows of the office: work, dossiers, titles, comments, and what ends.
    ///
    /// - Parameter links: on a page; on paper the same as plain lines.
    func parts(_ work: HomeHandoverWork, of office: HandoverOffice?, links: Bool) -> [Part] {
        let format = view.language.format
        let duties = work.duties.map { duty in
            let shown = home.duty(duty.duty)
            return WebLine(
                title: shown.title, href: duty.href,
                text: duty.due.map { view("home.handover.due", ["day": view.day($0)]) })
        }
        let dossiers = work.dossiers.map { dossier in
            WebLine(
                title: view(
                    "home.handover.dossier", ["title": home.title(dossier.title), "year": "\(dossier.year)"]),
                href: "/dossiers/\(dossier.id)",
                text: [
                    view("home.status.\(dossier.standing.rawValue)"),
                    view("home.handover.evidence", ["count": format.integer(dossier.evidence)]),
                ].joined(separator: " · "))
        }
        let titles = work.titles.map { title in
            WebLine(
                title: title.name,
                text: [
                    view(
                        "home.handover.decision",
                        ["number": title.number, "day": title.day.map { view.day($0) } ?? ""]),
                    view("home.handover.certificate.\(title.isGiven ? "given" : "notGiven")"),
                ].joined(separator: " · "))
        }
        let comments =
            work.comments == 0
            ? [] : [WebLine(title: view("home.handover.comments", ["count": format.integer(work.comments)]))]
        // Dossiers and titles are an area's; of an office above, what is open says it all.
        let hasDocuments = office?.territory.kind == .area || !(dossiers + titles).isEmpty
        return [
            part("work", duties + comments, links: links),
            hasDocuments ? part("documents", dossiers + titles, links: links) : nil, strengths(work.strengths),
            part("ends", ends(work.ends), links: links),
        ].compactMap { $0 }
    }

    /// How many people the area's organisations count: the receiver begins with these numbers.
    private func strengths(_ strengths: AreaStrengths?) -> Part? {
        guard let strengths else { return nil }
        let bodies = strengths.bodies.map {
            "\(view("organisation.profile.strengths.\($0.kind.rawValue).label")) \(view.language.format.integer($0.members))"
        }
        let line = view(
            "home.handover.strengths", ["year": "\(strengths.year)", "bodies": bodies.joined(separator: ", ")])
        return Part(title: view("home.handover.part.strengths"), rows: nil, lines: [line], none: nil)
    }

    private func ends(_ ends: HandoverEnds) -> [WebLine] {
        var lines = ends.helpers.map { WebLine(title: view("home.handover.helper", ["name": $0])) }
        lines += ends.standIns.map { WebLine(title: view("home.handover.standIn", ["name": $0])) }
        // An account that is signed in nowhere has nothing to be said of.
        guard ends.devices > 0 else { return lines }
        let count = view.language.format.integer(ends.devices)
        lines.append(
            WebLine(
                title: view("home.handover.devices.\(ends.keepsOthers ? "kept" : "ended")", ["count": count])))
        return lines
    }

    /// What people wrote: one line each.
    func typed(_ handover: Handover) -> [Part] {
        [
            ("papers", handover.papers), ("money", handover.money), ("keys", handover.keys),
            ("remarks", handover.remarks),
        ].map { key, text in
            let lines = (text ?? "").split(whereSeparator: \.isNewline).map(String.init)
            return Part(
                title: view("home.handover.part.\(key)"), rows: nil, lines: lines,
                none: lines.isEmpty ? view("home.handover.nothing") : nil)
        }
    }

    /// The foot, with a code that opens the record.
    func trace(_ handover: Handover) -> WebTrace {
        let code = try? QRCode(view.absolute("/handovers/\(handover.id)"))
        return WebTrace(
            isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: "\(handover.id)",
            revision: "\(handover.revision)", valid: view("home.handover.paper.valid"), qrPath: code?.squares,
            qrSize: code?.wholeSide)
    }
}

/// The paper that two people sign (biên bản bàn giao).
struct HandoverPaperOutput: Output {
    let handover: Handover
    let work: HomeHandoverWork

    static var sample: HandoverPaperOutput { HandoverPaperOutput(handover: .sample, work: .sample) }

    static func of(_ call: Call<Actor>) throws -> HandoverPaperOutput {
        let handover = try HandoverStore.handover(call.id("id"), seenBy: call.sight, call.reader)
        return HandoverPaperOutput(handover: handover, work: HomeHandoverWork.read(handover.openWork))
    }

    struct Content: Sendable {
        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let opening: String
        let parts: [HandoverTexts.Part]
        let giver: String
        let receiver: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = HandoverTexts(view: view)
        let office = handover.office
        // The kind of paper stands above: it is not said twice.
        let about = view("home.handover.paper.about", ["office": texts.officeInside(office)])
        return Page(
            "home-handover-paper", title: view("home.handover.of", ["office": texts.office(office)]),
            Content(
                back: WebLink("/handovers/\(handover.id)", view("home.handover.back")),
                document: WebDocumentHead(
                    superior: office.above.map { [$0.headed { view($0, $1) }.uppercased()] } ?? [],
                    issuer: office.organisation.name.uppercased(), place: office.above?.name ?? office.territory.name,
                    dayText: view(
                        "home.handover.paper.day",
                        [
                            "day": "\(handover.day.day)", "month": "\(handover.day.month)",
                            "year": "\(handover.day.year)",
                        ])),
                about: about,
                opening: view(
                    "home.handover.paper.opening",
                    [
                        "day": view.day(handover.day), "giver": office.holder.name, "receiver": handover.receiverName,
                        "office": texts.officeInside(office),
                    ]), parts: texts.parts(work, of: office, links: false) + texts.typed(handover),
                giver: office.holder.name,
                receiver: handover.receiverName, trace: texts.trace(handover)))
    }
}

extension HandoverOffice {
    static var sample: HandoverOffice {
        HandoverOffice(
            id: .sample(20), version: 1, role: .areaHead, holder: PersonName(id: .sample(21), name: "Dinh Cong Sau"),
            organisation: PersonName(id: .sample(22), name: "UBND"), territory: .sampleArea, above: .sampleCommune,
            from: .first, until: .last)
    }
}

extension HomeHandoverWork {
    static var sample: HomeHandoverWork {
        HomeHandoverWork(
            duties: [Duty(.sample(.mend, due: "2026-11-08"))],
            dossiers: [Dossier(id: .sample(1), year: 2026, title: "model", standing: .mending, evidence: 12)],
            titles: [Title(name: "Tieu bieu", number: "12", day: .first, until: .last, isGiven: true)], comments: 1,
            ends: HandoverEnds(helpers: ["Mien"], standIns: ["Loan"], devices: 1, keepsOthers: false),
            strengths: AreaStrengths(year: 2026, bodies: [AreaStrength(.women, 118)]))
    }
}

extension Handover {
    static var sample: Handover {
        Handover(
            id: .sample(23), office: .sample, receiver: PersonName(id: .sample(24), name: "Ya Thuong"),
            receiverName: "Ya Thuong", receiverBirthYear: 1980, day: .first, papers: "So", money: "Quy", keys: "Chia",
            remarks: "x", openWork: "{}", drawnBy: PersonName(id: .sample(21), name: "Dinh Cong Sau"), drawnAt: .first,
            completedBy: PersonName(id: .sample(25), name: "Ka Huong"), completedAt: .first, state: .drawn, revision: 1,
            place: [.sample(2)])
    }
}
