import Core

extension Criteria {
    /// People whom no number may point at: who gave, who signed, who complained, who is poor (people.md rules 3, 4
    /// and 7). A name that seems to count them is warned about; a person decides.
    package static func warnings(about indicator: Indicator) -> [Fault.Key] {
        warnings(about: indicator.name.vi + " " + indicator.name.en, kind: indicator.kind)
    }

    /// The same for all indicators of a set, in its order, each with its code.
    package static func peopleWarnings(in set: CriteriaSet) -> [Fault] {
        set.indicators.flatMap { indicator in
            warnings(about: indicator).map { Fault($0, at: "", ["code": indicator.code]) }
        }
    }

    private static func warnings(about name: String, kind: Kind) -> [Fault.Key] {
        switch kind {
        case .yesNo, .grade: return []
        case .number, .percentage, .countOverYears, .ratioToBaseline, .points: break
        }
        let text = " " + VietnameseText.folded(name) + " "
        return counted.compactMap { rule in
            let names = rule.words.contains { text.contains(" \($0) ") }
            let excused = rule.unless.contains { text.contains(" \($0) ") }
            return names && !excused ? rule.key : nil
        }
    }

    /// Words without marks; `unless` names what the number then counts instead of the people.
    private static let counted: [(key: Fault.Key, words: [String], unless: [String])] = [
        (
            .countsThePoor, ["ngheo", "can ngheo", "kho khan", "poor", "poverty"],
            ["giup do", "giup", "ho tro", "helped", "supported"]
        ),
        (
            .countsGivers,
            [
                "dong gop", "ung ho", "quyen gop", "hien dat", "hien tang", "tai tro", "nop quy", "dong quy",
                "contributors", "donors", "givers", "gave", "donated",
            ],
            ["ban bieu quyet", "duoc ban", "cong khai", "duoc cong khai", "published", "voted"]
        ),
        (
            .countsSigners,
            ["ky ten", "ky cam ket", "ky ket", "ky giao uoc", "chu ky", "da ky", "ky ban", "signed", "signers"],
            []
        ),
        (
            .countsComplainers,
            [
                "khieu nai", "to cao", "khieu kien", "kien nghi", "phan anh", "don thu", "vuot cap",
                "complaints", "complainers", "petitions", "denunciations",
            ],
            ["tra loi", "giai quyet", "doi thoai", "tiep thu", "answered", "settled"]
        ),
    ]

    /// Evidence that is a photograph by its form, or calls itself one.
    static func isPhotograph(_ evidence: Evidence) -> Bool {
        if evidence.form == .photo { return true }
        let first = VietnameseText.folded(evidence.name).split(separator: " ").first.map(String.init) ?? ""
        return ["anh", "hinh", "photo", "photograph", "photographs", "photos"].contains(first)
    }
}
