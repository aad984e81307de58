import Core
import Criteria
import Documents
import Organisation

/// Values from which the description of the interface and the check of templates are made.
enum RecognitionSamples {
    static let day = Day(ordinal: 20_767)
    static let instant = day.start
    static let id = ID(high: 0x7000, low: 1 << 63 | 1)

    static let area = TerritoryTitle(id: id, kind: .area, designation: .thon, name: "Sample")
    static let commune = TerritoryTitle(id: id, kind: .commune, designation: .commune, name: "Sample")
    static let province = TerritoryTitle(id: id, kind: .province, designation: .province, name: "Sample")

    static let indicator = Criteria.Indicator(
        "III.3", Criteria.Name("Lit roads", en: "Lit roads"), kind: .percentage, unit: .percent, of: "length",
        comparison: .atLeast, thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 90_000)))], points: 400,
        isMandatory: true, notApplicableIf: "no roads", evidence: [Criteria.Evidence(.list, "list of roads")],
        verifier: "commune", supplier: Criteria.Supplier(.area), answerable: "Youth Union", guidance: "Measure.",
        example: "3.8 of 4.2", basis: "assumed", minutes: 5)

    static let graded = Criteria.Indicator(
        "V.1", Criteria.Name("Cell's class", en: "Cell's class"), kind: .grade([Criteria.Choice("good", "good")]),
        unit: .none, comparison: .atLeast, thresholds: [Criteria.Threshold(.grade("good"))], points: 100)

    static let set: CriteriaSet = {
        var set = bare
        set.rules = CriteriaRules.Reference(id: id, code: "RULES", version: 1)
        return set
    }()

    private static let bare = CriteriaSet(
        code: "SAMPLE", status: .published, name: Criteria.Name("Sample", en: "Sample"), effectiveFrom: day,
        titles: [
            Criteria.Title(
                "model", Criteria.Name("Model area", en: "Model area"),
                deciders: [Criteria.Decider(.province, "Standing board")], after: "outstanding",
                precondition: "none", pass: Criteria.PassRule(minimum: 400, floor: Criteria.Share(1, of: 2)))
        ],
        maximum: 500, term: Criteria.Term(years: 3, recheckMonths: 12),
        standards: [
            Criteria.Standard(
                "III", Criteria.Name("Environment", en: "Environment"), maximum: 500, indicators: [indicator, graded])
        ])

    static let dossier = Recognition.Dossier(
        id: id, area: area, commune: commune, year: 2026, title: "model", level: .province, areaClass: nil,
        criteriaSet: id, state: .submitted, since: instant, due: day, round: 1, registeredAt: instant, revision: 1,
        place: [id])

    static let entry = Recognition.Entry(
        code: "III.3", side: .own, value: .quantity(Quantity(thousandths: 90_500)), note: "counted at night",
        enteredBy: id, enterer: "Sample", at: instant, version: 1, counted: "181/200")

    static let assessment = Recognition.Assessment(
        set, for: dossier.aim,
        [
            entry,
            Recognition.Entry(
                code: "III.3", side: .check, value: .quantity(Quantity(thousandths: 88_000)), note: "counted again",
                enteredBy: id, enterer: "Sample", at: instant, version: 1),
        ])

    static let evidence = Recognition.Evidence(
        id: id, piece: id, version: 2, dossier: id, kind: .picture, side: .own, fileKind: .jpeg, fileName: "road.jpg",
        width: 4, height: 3, bytes: 1_000, lines: 36, office: "Sample", seenOn: day, seen: "Lit.", note: "by night",
        addedBy: "Sample", giver: "Sample", at: instant, isReleased: true, replacedAt: instant, codes: ["III.3"])

    static let returned = Recognition.Return(code: "III.3", round: 1, reason: "The list differs.", at: instant)

    static let event = Recognition.Event(
        action: "submit", from: .posted, to: .submitted, round: 1, actor: "Sample", organisation: "Sample", at: instant,
        reason: "Sample", giver: "Sample", party: .area)

    static let held = Recognition.HeldTitle(
        id: id, area: area, commune: commune, title: "outstanding", name: "Sample", level: .province, year: 2024,
        decision: id, number: "17", day: day, body: "Standing board", dossier: nil, from: day,
        until: day.adding(days: 9),
        endedOn: nil, endedWhy: nil, endedBy: nil)

    static let territory = Territory(
        id: id, kind: .area, designation: .thon, name: "Sample", code: "1", parent: id, validFrom: day,
        validUntil: nil, revision: 1, place: [id])

    static let decision = Recognition.Decision(
        id: id, territory: province, organisation: id, body: "Standing board", title: "model", level: .province,
        year: 2026, state: .draft, number: nil, day: nil, signer: nil, office: nil, scan: nil, draftedAt: instant,
        issuedAt: nil, recognised: 1, refused: 1, withdrawn: 1, purpose: .grant, revision: 1,
        place: [id])
}
