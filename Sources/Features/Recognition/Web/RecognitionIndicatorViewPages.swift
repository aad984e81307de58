import Core
import Criteria
import Organisation
import Web

extension RecognitionIndicatorOutput {
    struct Content: Sendable {
        struct Step: Sendable {
            let state: WebState
            let word: String
            let current: Bool
        }

        struct Conflict: Sendable {
            let title: String
            let theirs: String
            let theirsText: String
            let theirsNote: String?
            let mine: String
            let mineNote: String?
            let version: String
            let keepHref: String
        }

        let head: WebHead
        let which: String
        let steps: [Step]
        let thresholds: String
        let supplied: String?
        let supply: WebNotice?
        let papers: [WebLink]
        let returned: WebNotice?
        let conflict: Content.Conflict?
        let form: FormView?
        let valueField: WebField?
        let whyField: WebField?
        let noteField: WebField?
        let notApplicable: WebOption?
        let version: String
        let goOn: String?
        /// Why the next one is not the one that follows in the count.
        let passedOver: String?
        let shown: WebFacts?
        let verdict: WebStatus?
        let verdictText: String?
        let check: WebFacts?
        let guidance: String?
        let example: String?
        let facts: WebFacts
        let evidenceText: String?
        let cards: [RecognitionEvidenceCard]
        let noPictures: String?
        let addHref: String?
        let addVerb: String
        let history: WebHistory?
        let saved: String?
        let nextLink: WebLink?
        let indexHref: String
    }

    var home: String { "/dossiers/\(dossier.id)" }
    var here: String { "\(home)/values/\(asked.code)" }
    private var mayAdd: Bool { actions.contains(.fill) }

    func page(_ view: View) -> Page {
        let title = asked.name.shown(view)
        let form = mayFill || mayType ? valueForm(view) : nil
        return Page(
            "recognition-indicator", title: title,
            Content(
                head: WebHead(
                    title: title,
                    crumbs: [
                        WebCrumb(
                            view("recognition.assessment.title", ["year": "\(dossier.year)"]), "\(home)/assessment"),
                        WebCrumb(
                            "\(asked.group). \(asked.groupName.shown(view))", "\(home)/assessment#group-\(asked.group)"),
                        WebCrumb(dossier.areaName(view), home),
                    ]),
                which: which(view), steps: steps(view), thresholds: thresholdLine(view),
                supplied: supply == nil ? supplied(view) : nil, supply: supplyNotice(view),
                papers: (supply?.papers ?? []).map { WebLink($0.href, $0.name) },
                returned: returns.first.map {
                    WebNotice(
                        .wait,
                        bold: view(
                            "recognition.indicator.returned",
                            ["day": view.day($0.at.day), "by": view.returner($0.by)]),
                        text: $0.reason)
                },
                conflict: conflict(view), form: form, valueField: form.flatMap { valueField($0, view) },
                whyField: asked.notApplicableIf == nil ? nil : form?.field["why"]?.demanded,
                noteField: form?.field["note"],
                notApplicable: notApplicable(form, view), version: "\(own?.version ?? 0)",
                goOn: nextNumber.map { view("recognition.indicator.saveAndGoOn", ["number": "\($0)"]) },
                passedOver: passedOver(view),
                shown: mayFill || mayType ? nil : shownFacts(view), verdict: own == nil ? nil : verdict.status(view),
                verdictText: own.map { view("recognition.indicator.verdictOf", ["value": $0.value.shown(view)]) },
                check: check.map { checkFacts($0, view) }, guidance: asked.guidance.isEmpty ? nil : asked.guidance,
                example: asked.example.isEmpty ? nil : asked.example, facts: facts(view),
                evidenceText: asked.evidence.isEmpty
                    ? nil
                    : view("recognition.indicator.evidenceAsked", ["list": asked.evidence.joined(separator: "; ")]),
                cards: evidence.map {
                    RecognitionEvidenceCard(
                        $0, home: home, mayChange: mayAdd, mayRelease: mayRelease, showsCodes: false, view)
                },
                noPictures: evidence.isEmpty ? view("recognition.evidence.none") : nil,
                addHref: mayAdd || notesVisit ? "\(here)/evidence/new" : nil,
                addVerb: view(mayAdd ? "recognition.evidence.add" : "recognition.evidence.addVisit"),
                history: history.isEmpty ? nil : WebHistory(events: history.map { past($0, view) }),
                saved: own.map { savedText($0, view) },
                nextLink: next.map {
                    WebLink("\(home)/values/\($0)", view("recognition.indicator.next", ["code": $0]))
                },
                indexHref: "\(home)/assessment"))
    }

    private func which(_ view: View) -> String {
        view(
            asked.points > 0 ? "recognition.indicator.which" : "recognition.indicator.whichPlain",
            [
                "number": "\(number)", "all": "\(outcomes.count)", "code": asked.code,
                "points": view.points(asked.points),
            ]) + (asked.isMandatory ? " · " + view("recognition.indicator.mandatory") : "")
    }

    private func passedOver(_ view: View) -> String? {
        guard nextNumber != nil, !passedOver.isEmpty else { return nil }
        return view(
            "recognition.indicator.passedOver",
            ["numbers": passedOver.map { "\($0)" }.joined(separator: ", ")])
    }

    private func steps(_ view: View) -> [Content.Step] {
        outcomes.enumerated().map { index, outcome in
            let state: WebState =
                switch outcome {
                case "met": .done
                case "unmet": .unmet
                case "notApplicable": .none
                default: index + 1 == number ? .waiting : .notbegun
                }
            return Content.Step(
                state: state, word: view("recognition.outcome.\(outcome)"), current: index + 1 == number)
        }
    }

    private func thresholdLine(_ view: View) -> String {
        asked.thresholds.map { threshold in
            let name: String =
                switch threshold.comparison {
                case ">=": "atLeast"
                case "<=": "atMost"
                case ">": "above"
                case "<": "below"
                default: "equal"
                }
            return view(
                "recognition.threshold.\(threshold.value.kind == "quantity" ? name : threshold.value.kind)",
                ["title": threshold.titleName.shown(view), "value": threshold.value.shown(view)])
        }.joined(separator: " ")
    }

    private func supplied(_ view: View) -> String? {
        guard let supplier = asked.supplier, supplier != "area" else { return nil }
        let name = asked.supplierName.isEmpty ? view("criteria.source.\(supplier)") : asked.supplierName
        return view("recognition.indicator.supplied", ["office": name])
    }

    /// Who fills this in for all areas, and what the area can do about it.
    private func supplyNotice(_ view: View) -> WebNotice? {
        guard let supply else { return nil }
        let action: WebLink? =
            supply.standing == .held ? WebLink(supply.href, view("recognition.supply.object")) : nil
        var text = view(
            "recognition.supply.\(supply.standing.rawValue)",
            ["office": supply.office, "day": view.day(supply.due)])
        if supply.isObjected {
            text += " " + view("recognition.supply.objected")
        } else if supply.standing == .held, let until = supply.objectionsUntil {
            text += " " + view("recognition.supply.until", ["day": view.day(until)])
        }
        return WebNotice(supply.standing == .late ? .wait : .plain, text: text, action: action)
    }

    private func shownFacts(_ view: View) -> WebFacts {
        var facts = [
            WebFact(
                view("recognition.side.self"), own?.value.shown(view) ?? view("recognition.verdict.missing"),
                status: own == nil ? nil : verdict.status(view))
        ]
        if let why = own?.value.why { facts.append(WebFact(view("recognition.indicator.why"), why)) }
        if let own, own.source != .area {
            facts.append(WebFact(view("recognition.supply.from"), savedText(own, view)))
        }
        if let note = own?.note { facts.append(WebFact(view("recognition.indicator.note"), note)) }
        return WebFacts(facts: facts)
    }

    private func checkFacts(_ entry: RecognitionEntryAnswer, _ view: View) -> WebFacts {
        WebFacts(facts: [
            WebFact(view("recognition.side.check"), entry.value.shown(view)),
            WebFact(view("recognition.indicator.when"), view.day(entry.at.day)),
        ])
    }

    private func facts(_ view: View) -> WebFacts {
        var facts: [WebFact] = []
        if !asked.verifier.isEmpty { facts.append(WebFact(view("recognition.indicator.verifier"), asked.verifier)) }
        if !asked.basis.isEmpty { facts.append(WebFact(view("recognition.indicator.basis"), asked.basis)) }
        if let minutes = asked.minutes { facts.append(WebFact(view("recognition.indicator.minutes"), "\(minutes)")) }
        // What the area chose for itself stands in no set.
        if asked.group != Criteria.Own.group {
            facts.append(
                WebFact(
                    view("criteria.indicator.inSet"), view("criteria.indicator.inSetText", ["code": asked.code]),
                    href: CriteriaFeature.href(dossier.criteriaSet, indicator: asked.code)))
        }
        return WebFacts(facts: facts)
    }

    private func past(_ past: Past, _ view: View) -> WebEvent {
        let who = past.entry.office ?? past.entry.enteredBy ?? view("recognition.indicator.nobody")
        if past.wasTakenBack {
            return WebEvent(
                state: .none,
                title: "\(view.language.format.moment(past.entry.at)) · \(past.entry.value.shown(view))",
                text: view("recognition.history.undone", ["person": who]))
        }
        return WebEvent(
            state: past.wasSaved ? .done : .question,
            title: "\(view.language.format.moment(past.entry.at)) · \(past.entry.value.shown(view))",
            text: view(
                past.wasSaved ? "recognition.history.saved" : "recognition.history.conflict",
                ["person": who, "side": view("recognition.side.\(past.side.rawValue)")])
                + (past.entry.note.map { " " + $0 } ?? ""))
    }
}
