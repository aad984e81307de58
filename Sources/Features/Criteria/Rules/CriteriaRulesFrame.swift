import Core

extension Criteria {
    /// Where a set that these rules are laid over would ask for less than its frame (tiêu chuẩn khung), by place. Only
    /// what the rules say themselves: for the rest the set was held against its frame when it was published.
    /// Basis: directive M1.1.
    package static func loosenings(
        by rules: CriteriaRules, over set: CriteriaSet, from frame: CriteriaSet
    ) -> [String] {
        loosenedVotes(set.governed(by: rules), from: frame).map(\.place).filter { place in
            switch place {
            case "procedure.posting": rules.procedure?.posting != nil
            case "procedure.panelMembers": rules.procedure?.panelMembers != nil
            default: place.hasPrefix("ballot.") ? rules.ballot != nil : rules.meeting != nil
            }
        }
    }

    /// The same for all sets in force, beside the lines of the rules: a fault for each place and frame.
    static func loosenings(
        by rules: CriteriaRules, over framed: [(set: CriteriaSet, frame: CriteriaSet)], _ reading: Format.RulesReading
    ) -> [Fault] {
        var faults: [Fault] = []
        for (set, frame) in framed {
            for place in loosenings(by: rules, over: set, from: frame) {
                let fault = Fault(
                    .frameRulesLoosened, at: place, line: reading.line(of: place),
                    ["set": set.code, "frame": "\(frame.code) \(frame.version)"])
                if let same = faults.firstIndex(where: {
                    $0.place == place && $0.arguments["frame"] == fault.arguments["frame"]
                }) {
                    let known = faults[same].arguments["set"] ?? ""
                    if !known.components(separatedBy: ", ").contains(set.code) {
                        faults[same].arguments["set"] = "\(known), \(set.code)"
                    }
                } else {
                    faults.append(fault)
                }
            }
        }
        return faults
    }
}
