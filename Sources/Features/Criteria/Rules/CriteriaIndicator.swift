import Core

extension Criteria {
    /// An indicator (chỉ tiêu): one question with one value, one threshold for each case, and points.
    package struct Indicator: Equatable, Sendable {
        /// Unique in the set, such as `III.2`.
        package var code: String
        package var name: Name
        package var kind: Kind
        package var unit: Measure
        /// What a share is a share of, in words: "hộ chăn nuôi". Empty when it goes without saying.
        package var of: String
        package var comparison: Comparison
        package var thresholds: [Threshold]
        /// The most it can earn, in hundredths of a point; 0 for an indicator that is only met or not.
        package var points: Int
        package var scoring: Scoring
        package var isMandatory: Bool
        /// The case in which the indicator does not apply, in words ("không còn hộ nghèo"); nil when it always does.
        package var notApplicableIf: String?
        /// The titles it belongs to; empty for all of its group.
        package var titles: [String]
        package var evidence: [Evidence]
        /// Who checks the value.
        package var verifier: String
        /// Who fills the value in; nil is a fault.
        package var supplier: Supplier?
        /// The organisation that answers for it (đoàn thể nhận tiêu chí).
        package var answerable: String
        package var guidance: String
        package var example: String
        /// Where the threshold comes from: a document, or "giả định".
        package var basis: String
        /// Minutes that filling it in should take, 0...480; nil when nobody estimated it.
        package var minutes: Int?
        /// A set derived from this one may ask for less here.
        package var mayLoosen: Bool
        /// In what alone it may; empty where `mayLoosen` says it all.
        package var mayLoosenOnly: [Loosening] = []

        package init(
            _ code: String, _ name: Name, kind: Kind, unit: Measure, of: String = "", comparison: Comparison,
            thresholds: [Threshold], points: Int = 0, scoring: Scoring = .allOrNothing, isMandatory: Bool = false,
            notApplicableIf: String? = nil, titles: [String] = [], evidence: [Evidence] = [], verifier: String = "",
            supplier: Supplier? = nil, answerable: String = "", guidance: String = "", example: String = "",
            basis: String = "", minutes: Int? = nil, mayLoosen: Bool = false
        ) {
            self.code = code
            self.name = name
            self.kind = kind
            self.unit = unit
            self.of = of
            self.comparison = comparison
            self.thresholds = thresholds
            self.points = points
            self.scoring = scoring
            self.isMandatory = isMandatory
            self.notApplicableIf = notApplicableIf
            self.titles = titles
            self.evidence = evidence
            self.verifier = verifier
            self.supplier = supplier
            self.answerable = answerable
            self.guidance = guidance
            self.example = example
            self.basis = basis
            self.minutes = minutes
            self.mayLoosen = mayLoosen
        }
    }

    /// In what a derived set may ask for less at an indicator.
    package enum Loosening: String, CaseIterable, Sendable {
        case threshold, mandatory, exception
    }

    /// What kind of value an indicator asks for.
    package enum Kind: Equatable, Sendable {
        case yesNo
        case number
        /// 0...100.
        case percentage
        /// A count over the years before the one assessed: "trong 03 năm liên tục".
        case countOverYears(window: Int)
        /// How many times a dated earlier value: income against the day of recognition. `date` as written.
        case ratioToBaseline(what: String, date: String)
        /// A word out of a list, lowest first.
        case grade([Choice])
        /// Points given by a panel, from 0 to the indicator's maximum.
        case points

        /// The word in the file.
        package var word: String {
            switch self {
            case .yesNo: "yesNo"
            case .number: "number"
            case .percentage: "percentage"
            case .countOverYears: "countOverYears"
            case .ratioToBaseline: "ratioToBaseline"
            case .grade: "grade"
            case .points: "points"
            }
        }

        package static let words = [
            "yesNo", "number", "percentage", "countOverYears", "ratioToBaseline", "grade", "points",
        ]
    }

    /// Units of values. A measure outside this list is a change of the product: reports add up by unit.
    package enum Measure: String, CaseIterable, Sendable {
        case none, percent, ratio, point
        case household, person, family, organisation, branch, group, model, work, document, fund
        case time, session, meeting, visit, event, day, month, year, hour, labourDay
        case kilometre, metre, squareMetre, hectare, tonne, kilogram, cubicMetre
        case tree, lamp, road, building, vehicle
        case dong, thousandDong, millionDong

        /// Units that are counted: whole and never negative.
        package var isCounted: Bool {
            switch self {
            case .household, .person, .family, .organisation, .branch, .group, .model, .work, .document, .fund,
                .time, .session, .meeting, .visit, .event, .tree, .lamp, .road, .building, .vehicle:
                true
            default: false
            }
        }
    }

    /// How a value is held against its threshold.
    package enum Comparison: String, CaseIterable, Sendable {
        case atLeast = ">="
        case atMost = "<="
        case equal = "=="
        case above = ">"
        case below = "<"

        /// More is better; for `equal` the way up to the threshold counts.
        package var risesToThreshold: Bool {
            switch self {
            case .atLeast, .above, .equal: true
            case .atMost, .below: false
            }
        }
    }

    /// A value to reach.
    package enum Bound: Hashable, Sendable {
        case yes(Bool)
        case quantity(Quantity)
        /// A choice's code.
        case grade(String)
    }

    /// How points follow from a value.
    package enum Scoring: Equatable, Sendable {
        /// All points when the threshold is met, none otherwise.
        case allOrNothing
        /// None at `from`, all at the threshold, in a straight line between, rounded down to hundredths.
        case proportional(from: Quantity)
        /// The best step that the value reaches.
        case steps([Step])
    }

    /// Points from a bound on, in a scale of steps.
    package struct Step: Equatable, Sendable {
        package var at: Bound
        /// Hundredths of a point.
        package var points: Int

        package init(at: Bound, points: Int) {
            self.at = at
            self.points = points
        }
    }

    /// One thing that proves a value. A photograph helps where there is one; it is never asked for
    /// and never enough alone (people.md rule 10).
    package struct Evidence: Equatable, Sendable {
        /// What kind of thing proves it.
        package enum Form: String, CaseIterable, Sendable {
            case document, list, minutes, figures, map, photo, visit, witness
            /// The product's own records.
            case records
        }

        package var form: Form
        package var name: String

        package init(_ form: Form, _ name: String) {
            self.form = form
            self.name = name
        }
    }

    /// Who fills a value in.
    package struct Supplier: Equatable, Sendable {
        /// Where a value comes from.
        package enum Source: String, CaseIterable, Sendable {
            case area, communeOffice, partyCommittee, organisation, service, police, school
            /// The product works it out.
            case records
        }

        package var source: Source
        /// Which office exactly; empty when the source says enough.
        package var name: String

        package init(_ source: Source, _ name: String = "") {
            self.source = source
            self.name = name
        }
    }
}
