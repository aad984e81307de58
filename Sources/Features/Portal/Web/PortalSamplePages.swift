import Core
import Criteria
import Organisation
import Web

// Samples: one value of each output with something everywhere; the JSON's description and the check of templates are
// made from them.

extension ID {
    static func sample(_ number: UInt64) -> ID { ID(high: 0x7000, low: 1 << 63 | number) }
}

extension Day {
    fileprivate static func sample(_ text: String) -> Day { Day(iso: text) ?? .first }
}

extension TerritoryTitle {
    static let sampleArea = TerritoryTitle(id: .sample(1), kind: .area, designation: .thon, name: "Thong Xanh")
    static let sampleCommune = TerritoryTitle(id: .sample(2), kind: .commune, designation: .commune, name: "Don Duong")
}

extension PortalTitle {
    static var sample: PortalTitle {
        PortalTitle(
            title: "model", name: "Khu dan cu kieu mau", level: "province", year: 2026, decision: .sample(3),
            number: "46/QD-MTTQ-BTT", day: .sample("2026-11-10"), body: "Ban Thuong truc UBMTTQ",
            from: .sample("2026-11-10"),
            until: .sample("2029-11-09"), endedOn: .sample("2029-01-01"), endedWhy: "raised")
    }
}

extension PortalTitleCount {
    static var sample: PortalTitleCount {
        PortalTitleCount(title: "model", name: "Khu dan cu kieu mau", level: "province", count: 12)
    }
}

extension PortalDecisionLine {
    static var sample: PortalDecisionLine {
        PortalDecisionLine(
            id: .sample(3), title: "model", name: "Khu dan cu kieu mau", level: "province", year: 2026,
            number: "46/QD-MTTQ-BTT", day: .sample("2026-11-10"), body: "Ban Thuong truc UBMTTQ",
            isWithdrawal: true, areas: 4)
    }
}

extension PortalHomeOutput {
    static var sample: PortalHomeOutput {
        PortalHomeOutput(
            territory: .sampleCommune, areas: 92, titles: [.sample],
            communes: [PortalCommune(commune: .sampleCommune, areas: 26, titles: [.init(title: "model", count: 12)])],
            decisions: [.sample], postings: [.sample], asOf: .sample("2026-11-10"),
            targets: [PortalTargetCount(title: "model", target: 40, met: 12)], unit: .sampleCommune)
    }
}

extension PortalAreasOutput {
    static var sample: PortalAreasOutput {
        PortalAreasOutput(
            filter: PortalFilter(
                words: "thong", commune: .sample(2), title: "model", level: "province", after: .sample(9)),
            communes: [.sampleCommune],
            titles: [.sample, PortalTitleCount(title: "outstanding", name: "Tieu bieu", level: "district", count: 22)],
            lines: [
                PortalAreaLine(
                    area: .sampleArea, isInvented: true, commune: .sampleCommune, households: 214, title: .sample)
            ], next: .sample(4))
    }
}

extension PortalAchievement {
    /// Of a set of two indicators, one of them sensitive and small.
    static var sample: PortalAchievement {
        PortalAchievement(
            .portalSample, for: Criteria.Aim("model", areaClass: "rural"),
            values: ["I.1": .quantity(Quantity(thousandths: 3_000)), "I.2": .quantity(Quantity(thousandths: 98_600))],
            side: "appraisal")
    }
}

extension CriteriaSet {
    static var portalSample: CriteriaSet {
        CriteriaSet(
            code: "KDC", name: Criteria.Name("Bo tieu chi", en: "Criteria"), issuer: "UBMTTQ",
            legalBasis: ["10/2022/QH15"],
            effectiveFrom: .sample("2026-01-01"),
            titles: [
                Criteria.Title(
                    "model", Criteria.Name("Khu dan cu kieu mau", en: "Model"),
                    deciders: [Criteria.Decider(.province, "UBMTTQ")],
                    pass: Criteria.PassRule(required: .mandatory, minimum: 1_000))
            ], maximum: 2_000,
            standards: [
                Criteria.Standard(
                    "I", Criteria.Name("Kinh te", en: "Living"), maximum: 2_000,
                    indicators: [
                        sample("I.1", "Ho duoc giup do thoat ngheo", .number, .household, 2_000),
                        sample("I.2", "Ho dang ky thu gom rac", .percentage, .percent, 100_000),
                    ])
            ])
    }

    private static func sample(
        _ code: String, _ name: String, _ kind: Criteria.Kind, _ unit: Criteria.Measure, _ bound: Int64
    ) -> Criteria.Indicator {
        Criteria.Indicator(
            code, Criteria.Name(name, en: "Indicator \(code)"), kind: kind, unit: unit, comparison: .atLeast,
            thresholds: [
                Criteria.Threshold(title: "model", areaClass: "rural", .quantity(Quantity(thousandths: bound)))
            ],
            points: 1_000, isMandatory: true, notApplicableIf: "khong con ho ngheo",
            evidence: [Criteria.Evidence(.document, "Bao cao")], verifier: "UBND", guidance: "Dem", example: "3 ho",
            basis: "gia dinh")
    }
}

extension PortalAreaOutput {
    static var sample: PortalAreaOutput {
        PortalAreaOutput(
            area: .sampleArea, isInvented: true, above: [.sampleCommune], households: 214, people: 858, asOf: 2026,
            stands: true, title: .sample, nextLook: .sample("2027-11-10"), achievement: .sample,
            criteria: PortalSetReference(code: "KDC", version: 1), running: PortalRunning(title: "model", year: 2026),
            earlier: [.sample],
            pictures: [
                PortalPicture(
                    id: .sample(5), width: 1_600, height: 1_200, about: PortalName("Duong co den", en: "Lamps"))
            ], profile: .sample, ballot: .sample, givenOn: .sample("2026-11-18"),
            postings: [.sample], closed: PortalClosedEvidence.sample, practices: [.sample])
    }
}

extension PortalCriteriaOutput {
    static var sample: PortalCriteriaOutput {
        PortalCriteriaOutput(
            sets: [
                PortalSetLine(
                    code: "KDC", version: 1, name: PortalName("Bo tieu chi", en: "Criteria"), label: "demonstration",
                    subject: "residentialArea", issuer: "UBMTTQ", effectiveFrom: .sample("2026-01-01"), isComing: false,
                    groups: 5,
                    indicators: 27)
            ], rules: [PortalRulesLine(PortalRulesOutput.sampleRecord)])
    }
}

extension PortalSetOutput {
    static var sample: PortalSetOutput {
        PortalSetOutput(.portalSample, effectiveFrom: .sample("2026-01-01"), isSuperseded: true, isComing: true)
    }
}

extension PortalDecisionsOutput {
    static var sample: PortalDecisionsOutput {
        PortalDecisionsOutput(decisions: [.sample], next: .sample(3), isFurther: true)
    }
}

extension PortalDecisionOutput {
    static var sample: PortalDecisionOutput {
        PortalDecisionOutput(
            decision: .sample, signerOffice: "Chu tich",
            areas: [
                Line(
                    area: .sampleArea, isInvented: true, commune: .sampleCommune, until: .sample("2029-11-09"),
                    endedOn: .sample("2028-11-10"))
            ])
    }
}

extension PortalAboutOutput {
    static var sample: PortalAboutOutput { PortalAboutOutput(asOf: .sample("2026-11-10")) }
}

extension PortalProfile {
    static var sample: PortalProfile {
        let day: Day = .sample("2026-12-19")
        return PortalProfile(
            AreaBook(
                years: [],
                groups: [
                    AreaGroup(
                        id: .sample(6), name: "To 1", kind: .selfManaged, households: 36, since: day, endedOn: nil),
                    AreaGroup(
                        id: .sample(7), name: "To 2", kind: .other, households: 3, since: nil, endedOn: nil),
                ],
                conventions: [
                    Convention(
                        id: .sample(8), version: 2, kind: .quyUoc, text: "Article 1.", adoptedOn: day, votesFor: 178,
                        households: 212, recognisedBy: "UBND", recognisedOn: day)
                ], models: [AreaModel(id: .sample(9), name: "Hoa", since: 2021, lookedOn: day, isAlive: true)],
                occasions: [
                    Occasion(
                        id: .sample(10), kind: .market, name: "Cho", from: day, until: day, isYearly: true, note: "x")
                ]), on: day)
    }
}
