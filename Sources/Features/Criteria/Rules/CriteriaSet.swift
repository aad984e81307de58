import Core

/// A whole criteria set (bộ tiêu chí), of one version.
///
/// Texts that were not given are empty. Points are hundredths of a point: 600 is 6 points.
package struct CriteriaSet: Equatable, Sendable {
    /// A draft may change; a published set never does; a superseded one is kept for the decisions that used it.
    package enum Status: String, CaseIterable, Sendable { case draft, published, superseded }

    /// Whether decisions may rest on the set.
    package enum Label: String, CaseIterable, Sendable {
        /// The text of an issued document.
        case real
        /// "Minh họa": for demonstration and training; thresholds may be assumed.
        case demonstration
        /// Only the names were read in the source: each indicator asks "met or not" and says so.
        case namesOnly
    }

    /// What kind of unit is assessed.
    package enum Subject: String, CaseIterable, Sendable { case residentialArea, commune, district, province }

    /// The frame (tiêu chuẩn khung) that a set was derived from.
    package struct Frame: Equatable, Sendable {
        package var code: String
        package var version: Int

        package init(code: String, version: Int) {
            self.code = code
            self.version = version
        }
    }

    /// Names the set in all its versions, such as `KDC-MINH-HOA`.
    package var code: String
    /// Counts from 1.
    package var version: Int
    package var status: Status
    package var label: Label
    package var name: Criteria.Name
    package var issuer: String
    /// Documents that the set rests on, one a line.
    package var legalBasis: [String]
    /// The first day on which it applies; nil is a fault.
    package var effectiveFrom: Day?
    /// The last day on which it applies, where the document sets one; nil until it is superseded.
    package var effectiveTo: Day?
    package var subject: Subject
    package var frame: Frame?
    /// Rules in which a set derived from this one may ask for less; of indicators each says it itself.
    package var mayLoosen: [Criteria.LooseRule] = []
    /// What can be won, in rising order.
    package var titles: [Criteria.Title]
    /// Classes of area or commune with demands of their own; empty where all are treated alike.
    package var areaClasses: [Criteria.Choice]
    package var regions: [Criteria.Choice]
    /// The most points a dossier can earn, in hundredths; 0 for a set without points.
    package var maximum: Int
    /// How many indicators of its own an area may add.
    package var ownIndicators: Int
    /// The most points that these earn together, in hundredths; 0: they are shown and never scored.
    package var ownPoints: Int = 0
    package var ballot: Criteria.BallotRule?
    package var meeting: Criteria.MeetingRule?
    package var term: Criteria.Term?
    package var procedure: Criteria.Procedure?
    package var standards: [Criteria.Standard]
    /// The rules of recognition under which the set was read; nil for the set as its file has it.
    package var rules: CriteriaRules.Reference?

    package init(
        code: String, version: Int = 1, status: Status = .draft, label: Label = .real, name: Criteria.Name,
        issuer: String = "", legalBasis: [String] = [], effectiveFrom: Day?, effectiveTo: Day? = nil,
        subject: Subject = .residentialArea, frame: Frame? = nil, titles: [Criteria.Title],
        areaClasses: [Criteria.Choice] = [], regions: [Criteria.Choice] = [], maximum: Int = 0,
        ownIndicators: Int = 0, ballot: Criteria.BallotRule? = nil, meeting: Criteria.MeetingRule? = nil,
        term: Criteria.Term? = nil, procedure: Criteria.Procedure? = nil, standards: [Criteria.Standard]
    ) {
        self.code = code
        self.version = version
        self.status = status
        self.label = label
        self.name = name
        self.issuer = issuer
        self.legalBasis = legalBasis
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.subject = subject
        self.frame = frame
        self.titles = titles
        self.areaClasses = areaClasses
        self.regions = regions
        self.maximum = maximum
        self.ownIndicators = ownIndicators
        self.ballot = ballot
        self.meeting = meeting
        self.term = term
        self.procedure = procedure
        self.standards = standards
    }

    /// All indicators in the order of the set.
    package var indicators: [Criteria.Indicator] { standards.flatMap(\.allIndicators) }

    /// An indicator by its code, "III.2"; nil when it is no part of the set.
    package func indicator(_ code: String) -> Criteria.Indicator? {
        indicators.first { $0.code == code }
    }

    /// A title by its code; nil when the set has none such.
    package func title(_ code: String) -> Criteria.Title? {
        titles.first { $0.code == code }
    }
}

extension Criteria {
    /// A name in Vietnamese, and in English where somebody translated it.
    package struct Name: Equatable, Sendable {
        package var vi: String
        package var en: String

        package init(_ vi: String, en: String = "") {
            self.vi = vi
            self.en = en
        }
    }

    /// One of a short list: an area class, a region, a grade.
    package struct Choice: Equatable, Sendable {
        package var code: String
        package var name: String

        package init(_ code: String, _ name: String) {
            self.code = code
            self.name = name
        }
    }

    /// A rule of a frame that a derived set may lighten, by its place in the file.
    package enum LooseRule: String, CaseIterable, Sendable {
        case required = "pass.required"
        case minimum = "pass.minimum"
        case floor = "pass.floor"
        case response = "ballot.minimumResponse"
        case satisfied = "ballot.minimumSatisfied"
        case quorum = "meeting.quorum"
        case carried = "meeting.carried"
        case posting = "procedure.posting"
        case panelMembers = "procedure.panelMembers"
    }

    /// Who decides stands apart from what is won: there are model areas of the district and of the province.
    package enum Level: String, CaseIterable, Sendable { case commune, district, province, national }

    /// The body that decides at a level.
    package struct Decider: Equatable, Sendable {
        package var level: Level
        package var body: String

        package init(_ level: Level, _ body: String) {
            self.level = level
            self.body = body
        }
    }

    /// A title (danh hiệu) that can be won. Titles are data: they come and go with the decisions that make them.
    package struct Title: Equatable, Sendable {
        /// Khu dân cư tiêu biểu.
        package static let outstanding = "outstanding"
        /// Khu dân cư kiểu mẫu.
        package static let model = "model"

        package var code: String
        package var name: Name
        package var deciders: [Decider]
        /// The title of this set that must be held before; empty for none.
        package var after: String
        /// A condition in words that no indicator holds, such as a title of another set.
        package var precondition: String
        package var pass: PassRule

        package init(
            _ code: String, _ name: Name, deciders: [Decider] = [], after: String = "", precondition: String = "",
            pass: PassRule
        ) {
            self.code = code
            self.name = name
            self.deciders = deciders
            self.after = after
            self.precondition = precondition
            self.pass = pass
        }
    }

    /// A standard (tiêu chuẩn, nhóm): a group of indicators with a maximum of its own.
    package struct Standard: Equatable, Sendable {
        package var code: String
        package var name: Name
        /// The most points the group can earn, in hundredths.
        package var maximum: Int
        /// The least share of the maximum, where it differs from the title's rule.
        package var floor: Share?
        /// The titles it belongs to; empty for all. A higher title may have a tree of its own.
        package var titles: [String]
        /// Indicators without a criterion between.
        package var indicators: [Indicator]
        package var criteria: [Criterion]

        package init(
            _ code: String, _ name: Name, maximum: Int = 0, floor: Share? = nil, titles: [String] = [],
            indicators: [Indicator] = [], criteria: [Criterion] = []
        ) {
            self.code = code
            self.name = name
            self.maximum = maximum
            self.floor = floor
            self.titles = titles
            self.indicators = indicators
            self.criteria = criteria
        }

        package var allIndicators: [Indicator] { indicators + criteria.flatMap(\.indicators) }

        /// The indicators that count for a title: none when the group is not part of it.
        package func indicators(for title: String) -> [Indicator] {
            guard titles.isEmpty || titles.contains(title) else { return [] }
            return allIndicators.filter { $0.titles.isEmpty || $0.titles.contains(title) }
        }
    }

    /// A criterion (tiêu chí): an optional level between the standard and its indicators.
    package struct Criterion: Equatable, Sendable {
        package var code: String
        package var name: Name
        package var indicators: [Indicator]

        package init(_ code: String, _ name: Name, indicators: [Indicator]) {
            self.code = code
            self.name = name
            self.indicators = indicators
        }
    }
}
