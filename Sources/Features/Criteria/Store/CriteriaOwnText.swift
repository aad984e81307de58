import Synchronization
import Yams

extension Criteria.YAML {
    /// Own indicators as they are frozen with a dossier.
    package static func write(own: [Criteria.Indicator]) throws -> String {
        let tree = Criteria.Format.Tree(.list(own.map(Criteria.Format.indicator)))
        return try Yams.serialize(node: node(tree), indent: 2, width: -1, allowUnicode: true)
    }

    /// Reads them back; each text once in a process.
    package static func own(_ text: String) -> [Criteria.Indicator] {
        if let known = keptOwn.withLock({ $0[text] }) { return known }
        guard case .success(let tree) = parsed(text) else { return [] }
        let reader = Criteria.Format.Reader()
        let place = Criteria.Format.Place(tree: tree, path: "", code: "")
        let own = reader.list(place).map { reader.indicator($0, groupPath: "") }
        keptOwn.withLock { kept in
            if kept.count >= 1_000 { kept.removeAll() }
            kept[text] = own
        }
        return own
    }

    private static let keptOwn = Mutex<[String: [Criteria.Indicator]]>([:])
}
