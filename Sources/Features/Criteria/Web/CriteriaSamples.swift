import Core

// Believable values with something in every list and every optional: the schemas and the check of templates are made
// from them.

extension StoredCriteriaSet {
    static let sample = StoredCriteriaSet(
        id: ID(high: 1, low: 1), code: "KDC", version: 2, status: .superseded, label: .demonstration,
        name: "Bo tieu chi", nameEnglish: "Criteria", issuer: "Uy ban", subject: .residentialArea,
        effectiveFrom: Day(ordinal: 20_454), effectiveTo: Day(ordinal: 20_818), territory: ID(high: 1, low: 2),
        createdBy: ID(high: 1, low: 3),
        createdAt: Instant(milliseconds: 1_767_225_600_000), publishedBy: ID(high: 1, low: 3),
        publishedAt: Instant(milliseconds: 1_767_225_600_000), supersededBy: ID(high: 1, low: 4),
        supersededAt: Instant(milliseconds: 1_767_225_600_000), documentNumber: "17/QD",
        documentDay: Day(ordinal: 20_453), digest: [UInt8](repeating: 7, count: 32), revision: 3,
        place: [ID(high: 1, low: 2)])
}

extension CriteriaSet {
    static let sample: CriteriaSet = {
        let title = Criteria.Title(
            Criteria.Title.model, Criteria.Name("Kieu mau", en: "Model"),
            deciders: [Criteria.Decider(.province, "Uy ban")], after: Criteria.Title.outstanding,
            precondition: "Da co",
            pass: Criteria.PassRule(
                minimum: 9000, minimumByClass: ["highland": 6000],
                marks: [Criteria.PassMark(level: .province, region: "south", 9500)], floor: Criteria.Share(1, of: 2)))
        let first = Criteria.Title(
            Criteria.Title.outstanding, Criteria.Name("Tieu bieu", en: "Outstanding"), pass: title.pass)
        let indicator = Criteria.Indicator(
            "I.1", Criteria.Name("Ho dong gop den", en: "Givers of lamps"), kind: .percentage, unit: .percent,
            of: "duong",
            comparison: .atLeast,
            thresholds: [
                Criteria.Threshold(
                    title: Criteria.Title.model, level: .province, areaClass: "highland", region: "south",
                    .quantity(Quantity(thousandths: 90_000))),
                Criteria.Threshold(.quantity(Quantity(thousandths: 70_000))),
            ], points: 600, scoring: .proportional(from: Quantity(thousandths: 50_000)), isMandatory: true,
            notApplicableIf: "khong co duong", titles: [Criteria.Title.outstanding, Criteria.Title.model],
            evidence: [Criteria.Evidence(.list, "Danh muc")], verifier: "UBND",
            supplier: Criteria.Supplier(.area, "Thon"), answerable: "Doan", guidance: "Di dem", example: "Mot thon",
            basis: "gia dinh", minutes: 5)
        return CriteriaSet(
            code: "KDC", version: 2, status: .superseded, label: .demonstration,
            name: Criteria.Name("Bo tieu chi", en: "Criteria"), issuer: "Uy ban", legalBasis: ["Luat"],
            effectiveFrom: Day(ordinal: 20_454), effectiveTo: Day(ordinal: 20_818),
            frame: Frame(code: "KHUNG", version: 1), titles: [first, title],
            areaClasses: [Criteria.Choice("highland", "Vung cao")], regions: [Criteria.Choice("south", "Nam")],
            maximum: 10_000, ownIndicators: 1,
            ballot: Criteria.Share(3, of: 5).flatMap { share in
                Criteria.BallotRule(response: share, satisfied: [Criteria.Title.model: share])
            },
            meeting: Criteria.Share(1, of: 2, isExclusive: true).map {
                Criteria.MeetingRule(quorum: $0, carried: $0)
            },
            term: Criteria.Term(years: 3, recheckMonths: 12),
            procedure: Criteria.Procedure(
                days: Criteria.Procedure.YearDay(month: 9, day: 15).map { [.assessmentEnds: $0] } ?? [:],
                posting: .working(5), mending: .working(10), titleMending: .calendar(30), least: .calendar(5),
                panelMembers: 5),
            standards: [
                Criteria.Standard(
                    "I", Criteria.Name("Nhom", en: "Group"), maximum: 10_000, floor: Criteria.Share(1, of: 2),
                    criteria: [
                        Criteria.Criterion("I.a", Criteria.Name("Tieu chi", en: "Criterion"), indicators: [indicator])
                    ])
            ])
    }()
}

extension Criteria.Fault {
    static let sample = Criteria.Fault(
        .noBasis, at: "groups[0].indicators[0].basis", line: 12, ["code": "I.1"])
}
