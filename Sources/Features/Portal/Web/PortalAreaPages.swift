import Core
import Organisation
import Web

/// A dossier the public may know of: nothing but that.
struct PortalRunning: Encodable, Sendable {
    let title: String
    let year: Int
}

/// A picture the commune released.
struct PortalPicture: Encodable, Sendable {
    let id: ID
    let width: Int
    let height: Int
    /// The indicator it speaks for.
    let about: PortalName?
}

/// The version of the criteria something rests on.
struct PortalSetReference: Encodable, Sendable {
    let code: String
    let version: Int
}

/// The public page of one area.
struct PortalAreaOutput: Output {
    let area: TerritoryTitle
    let isInvented: Bool
    /// Commune, province: nearest first.
    let above: [TerritoryTitle]
    let households: Int?
    let people: Int?
    /// The year of the two numbers.
    let asOf: Int?
    /// False once it was merged or abolished.
    let stands: Bool
    /// The title it holds today; nil without a signed decision.
    let title: PortalTitle?
    /// When somebody looks again whether all still holds.
    let nextLook: Day?
    /// What it achieved; nil where the title was taken over from a register on paper.
    let achievement: PortalAchievement?
    let criteria: PortalSetReference?
    let running: PortalRunning?
    /// Titles before, newest first.
    let earlier: [PortalTitle]
    let pictures: [PortalPicture]
    let profile: PortalProfile
    /// The household ballot behind the title it holds.
    let ballot: PortalVote?
    /// When the certificate was handed over.
    let givenOn: Day?
    /// What hangs on the board for comments today.
    let postings: [PortalPosting]
    /// Evidence that is not published, by kind.
    let closed: [PortalClosedEvidence]
    /// What the area told and the commune let out; five at the most.
    var practices: [PortalPracticeLine] = []

    struct Group: Sendable {
        let name: String
        let points: String?
        let state: WebStatus
        let sentence: String
        let rest: String?
        let facts: WebFacts
    }

    struct Achieved: Sendable {
        let title: String
        let by: String
        let five: WebFive?
        let groups: [Group]
        let note: String
        let criteria: WebLink?
    }

    struct Picture: Sendable {
        let source: String
        let large: String
        let width: Int
        let height: Int
        let label: String
    }

    struct Gallery: Sendable {
        let title: String
        let pictures: [Picture]
    }

    struct Content: Sendable {
        let plate: WebPlate?
        let head: WebHead?
        let notice: WebNotice?
        let empty: WebEmpty?
        let achieved: Achieved?
        let ballot: WebShare?
        let fewSlips: String?
        let oldRegister: String?
        let gallery: Gallery?
        let closed: String?
        let postings: WebRows?
        let facts: WebFacts
        let factsTitle: String
        let earlierTitle: String
        let earlier: WebRows?
        let profile: PortalProfileContent?
        let practices: WebRows?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let name = texts.headed(area, isInvented: isInvented)
        return Page(
            "portal-area", title: name,
            Content(
                plate: title.map { plate($0, texts) }, head: title == nil ? head(texts) : nil, notice: notice(texts),
                empty: title == nil && running == nil ? empty(texts) : nil,
                achieved: achievement.map { achieved($0, texts) }, ballot: ballot?.share(texts),
                fewSlips: ballot?.few(texts),
                oldRegister: title != nil && achievement == nil ? view("portal.area.oldRegister") : nil,
                gallery: pictures.isEmpty
                    ? nil
                    : Gallery(title: view("portal.area.pictures"), pictures: pictures.map { picture($0, texts) }),
                closed: texts.closed(closed), postings: postings.isEmpty ? nil : texts.postings(postings),
                facts: facts(texts), factsTitle: view("portal.area.about"), earlierTitle: view("portal.area.earlier"),
                earlier: earlier.isEmpty ? nil : WebRows(rows: earlier.map { earlierLine($0, texts) }),
                profile: texts.profile(profile),
                practices: practices.isEmpty ? nil : WebRows(rows: practices.map { $0.row(texts) }),
                trace: texts.trace(name, opens: "/portal/areas/\(area.id)")))
    }

    private func plate(_ title: PortalTitle, _ texts: PortalTexts) -> WebPlate {
        let view = texts.view
        var text = view("portal.area.recognised", ["day": view.day(title.day), "body": title.body])
        if let until = title.until { text += " " + view("portal.area.until", ["day": view.day(until)]) }
        if title.isEarlier { text += " " + view("portal.area.earlierDecision") }
        if let nextLook { text += " " + view("portal.area.nextLook", ["day": view.day(nextLook)]) }
        return WebPlate(
            place: texts.line(above), name: texts.headed(area, isInvented: isInvented),
            title: texts.titleAndLevel(title), text: text,
            decision: WebLink(
                texts.decisionHref(title.decision), view("portal.area.decision", ["number": title.number])),
            facts: size(texts))
    }

    private func head(_ texts: PortalTexts) -> WebHead {
        WebHead(
            title: texts.headed(area, isInvented: isInvented), lead: size(texts),
            crumbs: [
                texts.crumb, WebCrumb(texts.view("portal.areas.title"), "/portal/areas"),
                WebCrumb(texts.line(above)),
            ])
    }

    /// "214 hộ · 858 người".
    private func size(_ texts: PortalTexts) -> String? {
        let parts = [
            households.map { texts.counted("portal.area.households", $0) },
            people.map { texts.counted("portal.area.people", $0) },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    private func notice(_ texts: PortalTexts) -> WebNotice? {
        if !stands { return WebNotice(.plain, text: texts.view("portal.area.ended")) }
        guard let running else { return nil }
        return WebNotice(
            .wait,
            bold: texts.view(
                "portal.area.registering",
                [
                    "title": texts.title(running.title, nil), "year": "\(running.year)",
                ]), text: texts.view("portal.area.registeringText"))
    }

    private func empty(_ texts: PortalTexts) -> WebEmpty {
        WebEmpty(
            title: texts.view("portal.area.noTitle"), text: texts.view("portal.area.noTitleText"),
            example: WebLink("/portal/criteria", texts.view("portal.home.lookCriteria")))
    }

    private func achieved(_ found: PortalAchievement, _ texts: PortalTexts) -> Achieved {
        let view = texts.view
        let groups = found.groups.map { group($0, texts) }
        let by =
            found.maximum > 0
            ? view(
                "portal.side.\(found.side)",
                [
                    "points": texts.points(found.total), "maximum": texts.points(found.maximum),
                ]) : view("portal.side.noPoints")
        return Achieved(
            title: view("portal.area.achieved"), by: by,
            five: found.maximum > 0
                ? WebFive(
                    label: found.groups.map {
                        view(
                            "portal.area.groupPoints",
                            [
                                "group": $0.code, "points": texts.points($0.points),
                                "maximum": texts.points($0.maximum),
                            ])
                    }.joined(separator: ", "),
                    bars: found.groups.map { WebFive.Bar(percent: $0.percent, isUnder: $0.isUnderHalf) })
                : nil,
            groups: groups, note: view("portal.area.smallNumbers"),
            criteria: criteria.map {
                WebLink(
                    "/portal/criteria/\($0.code)?version=\($0.version)",
                    view("portal.area.criteria", ["version": "\($0.version)"]))
            })
    }

    private func group(_ group: PortalAchievement.Group, _ texts: PortalTexts) -> Group {
        let view = texts.view
        let all = group.asked > 0 && group.met == group.asked
        let sentence =
            group.asked == 0
            ? view("portal.area.notAsked")
            : all
                ? texts.counted("portal.area.allMet", group.asked)
                : view(
                    "portal.area.someMet",
                    [
                        "met": texts.format.integer(group.met), "asked": texts.format.integer(group.asked),
                    ])
        return Group(
            name: group.name.text(in: view.language),
            points: group.maximum > 0 ? "\(texts.points(group.points))/\(texts.points(group.maximum))" : nil,
            state: all || group.asked == 0
                ? WebStatus(.done, view("portal.outcome.met"))
                : WebStatus(.waiting, view("portal.outcome.partly")),
            sentence: sentence,
            rest: group.unmet.isEmpty
                ? nil
                : view(
                    "portal.area.stillWorking",
                    [
                        "names": group.unmet.map { $0.name.text(in: view.language) }.joined(separator: "; ")
                    ]),
            facts: WebFacts(facts: group.lines.map { fact($0, texts) }))
    }

    private func fact(_ line: PortalAchievement.Line, _ texts: PortalTexts) -> WebFact {
        let view = texts.view
        let status =
            switch line.outcome {
            case "met": WebStatus(.done, view("portal.outcome.met"))
            case "unmet": WebStatus(.unmet, view("portal.outcome.unmet"))
            case "notApplicable": WebStatus(.none, view("portal.outcome.notApplicable"))
            default: WebStatus(.waiting, view("portal.outcome.missing"))
            }
        return WebFact(
            "\(line.code) \(line.name.text(in: view.language))", texts.figure(line.figure, unit: line.unit),
            status: status)
    }

    private func picture(_ picture: PortalPicture, _ texts: PortalTexts) -> Picture {
        Picture(
            source: "/evidence/\(picture.id)/thumbnail", large: "/evidence/\(picture.id)/picture",
            width: picture.width, height: picture.height,
            label: picture.about.map {
                texts.view("portal.area.pictureOf", ["name": $0.text(in: texts.view.language)])
            } ?? texts.view("portal.area.picture"))
    }

    private func facts(_ texts: PortalTexts) -> WebFacts {
        let view = texts.view
        var facts = [WebFact(view("portal.area.place"), texts.line(above))]
        let year = asOf.map { view("portal.area.asOf", ["year": "\($0)"]) }
        if let households { facts.append(number("portal.area.householdsLabel", households, year, texts)) }
        if let people { facts.append(number("portal.area.peopleLabel", people, year, texts)) }
        if let title {
            facts.append(
                WebFact(
                    view("portal.area.decisionLabel"), view("portal.area.decision", ["number": title.number]),
                    href: texts.decisionHref(title.decision)))
        }
        if let givenOn { facts.append(WebFact(view("portal.area.givenLabel"), view.day(givenOn))) }
        return WebFacts(facts: facts)
    }

    private func number(_ label: String, _ number: Int, _ year: String?, _ texts: PortalTexts) -> WebFact {
        WebFact(texts.view(label), [texts.format.integer(number), year].compactMap { $0 }.joined(separator: " "))
    }

    private func earlierLine(_ title: PortalTitle, _ texts: PortalTexts) -> WebLine {
        let view = texts.view
        let until = title.endedOn ?? title.until
        return WebLine(
            title: texts.titleAndLevel(title), href: texts.decisionHref(title.decision),
            text: until.map { view("portal.area.span", ["from": view.day(title.from), "until": view.day($0)]) }
                ?? view("portal.area.since", ["from": view.day(title.from)]),
            right: title.endedBy.map { view("portal.ending.withdrawnBy", ["number": $0]) }
                ?? title.endedWhy.map { view("portal.ending.\($0)") })
    }
}
