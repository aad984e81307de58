import Core
import Criteria

extension Offices {
    /// An organisation as it is matched to a supplier of a criteria set.
    package struct Candidate: Sendable, Equatable {
        package let id: ID
        package let kind: String
        package let name: String

        package init(id: ID, kind: String, name: String) {
            self.id = id
            self.kind = kind
            self.name = name
        }
    }

    /// One supplier of a criteria set with the indicators it is to supply, and the organisation that fits best.
    package struct Proposal: Sendable, Equatable {
        package let supplier: Criteria.Supplier
        package let codes: [String]
        /// Nil when nothing in the commune fits: somebody chooses.
        package let office: ID?
    }

    /// The suppliers that a criteria set names besides the area, in the set's order, each with its codes. What the
    /// product is to work out itself is asked of an office until it does.
    package static func suppliers(of set: CriteriaSet) -> [(supplier: Criteria.Supplier, codes: [String])] {
        var found: [(supplier: Criteria.Supplier, codes: [String])] = []
        for indicator in set.indicators {
            guard let supplier = indicator.supplier, supplier.source != .area else { continue }
            if let index = found.firstIndex(where: { $0.supplier == supplier }) {
                found[index].codes.append(indicator.code)
            } else {
                found.append((supplier, [indicator.code]))
            }
        }
        return found
    }

    /// Who of the commune's organisations supplies what. A guess from kind and name, which a person confirms: the kind
    /// must be one that the source allows, and of those the name that shares most words with the supplier's.
    package static func proposals(for set: CriteriaSet, among candidates: [Candidate]) -> [Proposal] {
        suppliers(of: set).map { supplier, codes in
            Proposal(supplier: supplier, codes: codes, office: best(for: supplier, among: candidates)?.id)
        }
    }

    private static func best(for supplier: Criteria.Supplier, among candidates: [Candidate]) -> Candidate? {
        let kinds = kinds(of: supplier.source)
        let wanted = words(supplier.name)
        var best: (candidate: Candidate, score: Int)?
        for candidate in candidates {
            guard let rank = kinds.firstIndex(of: candidate.kind) else { continue }
            let shared = wanted.intersection(words(candidate.name)).count
            // A service is known by its name only: kinds of services do not stand for each other.
            if supplier.source == .service, !wanted.isEmpty, shared * 2 < wanted.count { continue }
            let score = shared * 10 - rank
            if best.map({ score > $0.score }) ?? true { best = (candidate, score) }
        }
        return best?.candidate
    }

    private static func words(_ name: String) -> Set<String> {
        Set(VietnameseText.folded(name).split(separator: " ").map(String.init)).subtracting(["xa", "phuong", "cua"])
    }

    /// Kinds of organisations that a source may mean, the likeliest first; the words of Organisation's table.
    private static func kinds(of source: Criteria.Supplier.Source) -> [String] {
        switch source {
        case .area: []
        case .communeOffice: ["peoples_committee", "advisory_office", "environment_office"]
        case .partyCommittee: ["party_committee", "standing_committee", "party_office"]
        case .organisation: ["front_committee", "front_standing_board"]
        case .service:
            ["health_insurance_office", "environment_office", "advisory_office", "work_unit", "other"]
        case .police: ["commune_police"]
        case .school: ["school"]
        case .records: ["front_committee", "front_standing_board", "peoples_committee"]
        }
    }
}
