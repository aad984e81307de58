import Core

extension Recognition {
    /// Which indicators get two blind scores beyond what is judged and what is mandatory: a draw that anybody can
    /// repeat. An indicator's lot is the SHA-256 of "seed|dossier|code", a member's that of "seed|dossier|code|person";
    /// the lowest lots are drawn. No indicator is left without a chance, and nobody can choose.
    package struct PanelDraw: Sendable {
        /// Published with the panel, long after the dossier was handed in.
        package let seed: String
        private let digest: @Sendable (String) -> [UInt8]

        /// - Parameter digest: SHA-256 of a text's UTF-8.
        package init(_ seed: String, digest: @escaping @Sendable (String) -> [UInt8]) {
            self.seed = seed
            self.digest = digest
        }

        /// How many of the others are drawn: one in five, at least two. Constructed ("minh họa").
        package static func count(of others: Int) -> Int { min(others, max(2, (others + 4) / 5)) }

        /// - Parameter others: the indicators that neither are judged nor mandatory.
        package func drawn(from others: [String], of dossier: ID) -> Set<String> {
            Set(lowest(others) { "\(seed)|\(dossier)|\($0)" }.prefix(Self.count(of: others.count)))
        }

        /// Members in the order in which they are asked to score a drawn indicator.
        package func order(_ members: [ID], for code: String, of dossier: ID) -> [ID] {
            lowest(members) { "\(seed)|\(dossier)|\(code)|\($0)" }
        }

        private func lowest<Drawn>(_ all: [Drawn], _ text: (Drawn) -> String) -> [Drawn] {
            all.map { (lot: digest(text($0)), one: $0) }
                .sorted { $0.lot.lexicographicallyPrecedes($1.lot) }.map(\.one)
        }
    }
}
