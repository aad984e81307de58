/// A number that opens what is behind it: `web-figure`.
package struct WebFigure: Sendable {
    /// Written out; nil while it is not computed, which is said, and never shown as 0.
    package let number: String?
    /// What is counted, with its whole: "trong 161 phiếu hợp lệ".
    package let whole: String
    package let href: String?

    package init(number: String?, whole: String, href: String? = nil) {
        self.number = number
        self.whole = whole
        self.href = href
    }
}

/// One bar of a share, perhaps with a line where the threshold is: `web-bar`.
package struct WebBar: Sendable {
    /// 0...100, as `mark`: what is outside is drawn at the edge.
    package let percent: Int
    package let mark: Int?
    /// Said aloud instead of the bar.
    package let label: String
    /// Under the threshold.
    package let isUnder: Bool

    package init(percent: Int, mark: Int? = nil, label: String, isUnder: Bool = false) {
        self.percent = percent.asWidth
        self.mark = mark?.asWidth
        self.label = label
        self.isUnder = isUnder
    }
}

/// The five groups as small bars beside a total: `web-five`.
package struct WebFive: Sendable {
    /// One group's bar; `isUnder` marks one below its floor.
    package struct Bar: Sendable {
        /// 0...100.
        package let percent: Int
        package let isUnder: Bool

        package init(percent: Int, isUnder: Bool = false) {
            self.percent = percent.asWidth
            self.isUnder = isUnder
        }
    }

    /// "Nhóm I 17 trên 20, …".
    package let label: String
    package let bars: [Bar]

    package init(label: String, bars: [Bar]) {
        self.label = label
        self.bars = bars
    }
}

/// How the answers divide, as one bar with its key and its sentence: `web-share`.
package struct WebShare: Sendable {
    /// The cases' names are classes of the stylesheet.
    package enum Kind: String, CaseIterable, Sendable { case yes, no, silent }

    /// One coloured part of the bar.
    package struct Part: Sendable {
        package let kind: Kind
        /// Where it begins, in hundredths of the whole: the sum of the parts before.
        package let from: Double
        package let percent: Double
        /// "149 hài lòng".
        package let words: String

        package init(_ kind: Kind, from: Double, percent: Double, _ words: String) {
            self.kind = kind
            self.from = from
            self.percent = percent
            self.words = words
        }
    }

    package let label: String
    package let parts: [Part]
    package let sentence: String
    package let note: String?

    package init(label: String, parts: [Part], sentence: String, note: String? = nil) {
        self.label = label
        self.parts = parts
        self.sentence = sentence
        self.note = note
    }

    /// - Parameter counts: the parts by how many there are of each, in the order drawn; a negative one counts as 0.
    package init(
        label: String, counts: [(kind: Kind, count: Int, words: String)], sentence: String, note: String? = nil
    ) {
        let whole = counts.reduce(0.0) { $0 + Double(max(0, $1.count)) }
        var parts: [Part] = []
        var from = 0.0
        for part in counts {
            // Two decimals are finer than any screen.
            let exact = whole == 0 ? 0 : Double(max(0, part.count)) * 100 / whole
            let percent = (exact * 100).rounded() / 100
            parts.append(Part(part.kind, from: (from * 100).rounded() / 100, percent: percent, part.words))
            from += exact
        }
        self.init(label: label, parts: parts, sentence: sentence, note: note)
    }
}

/// One shape per area, when there are thirty or fewer: `web-units`.
package struct WebUnits: Sendable {
    /// One area.
    package struct Unit: Sendable {
        package let state: WebState
    }

    package let name: String
    /// Bold, "4".
    package let count: String
    /// "trong 9 đạt".
    package let of: String
    /// The whole sentence, read aloud.
    package let label: String
    package let states: [Unit]
    package let href: String?

    package init(name: String, count: String, of: String, label: String, states: [WebState], href: String? = nil) {
        self.name = name
        self.count = count
        self.of = of
        self.label = label
        self.states = states.map { Unit(state: $0) }
        self.href = href
    }
}

/// Amounts with their sum: `web-ledger`.
package struct WebLedger: Sendable {
    /// One amount with its name.
    package struct Line: Sendable {
        package let name: String
        /// "230.000.000 ₫".
        package let amount: String

        package init(_ name: String, _ amount: String) {
            self.name = name
            self.amount = amount
        }
    }

    package let lines: [Line]
    package let total: Line?
    package let note: String?

    package init(lines: [Line], total: Line? = nil, note: String? = nil) {
        self.lines = lines
        self.total = total
        self.note = note
    }
}

/// Names and values in pairs: `web-facts`.
package struct WebFacts: Sendable {
    package let facts: [WebFact]

    package init(facts: [WebFact]) { self.facts = facts }
}

/// One name and its value; a link or a status where there is one.
package struct WebFact: Sendable {
    package let name: String
    package let value: String
    package let href: String?
    package let status: WebStatus?

    package init(_ name: String, _ value: String, href: String? = nil, status: WebStatus? = nil) {
        self.name = name
        self.value = value
        self.href = href
        self.status = status
    }
}

extension Int {
    /// Held within what a drawing takes.
    fileprivate var asWidth: Int { Swift.min(100, Swift.max(0, self)) }
}
