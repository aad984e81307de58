import Core
import Yams

extension Criteria {
    /// Criteria sets as YAML text. Every scalar is taken as written, so that a code `1.10` stays `1.10`.
    package enum YAML {
        /// The largest file that is read, in bytes of UTF-8. A set of 47 indicators is about 30 KB.
        package static let maximumBytes = 1_000_000

        /// Reads a set. Of a text that is no YAML only the first fault can be named, with its line.
        ///
        /// - Parameter kept: the text was accepted before, see `Format.read`.
        package static func read(_ text: String, kept: Bool = false) -> Format.Reading {
            func refuse(_ key: Fault.Key, line: Int? = nil, _ arguments: [String: String] = [:]) -> Format.Reading {
                Format.Reading(set: nil, faults: [Fault(key, at: "", line: line, arguments)])
            }
            guard text.utf8.count <= maximumBytes else { return refuse(.tooLarge) }
            if let line = firstAlias(text) { return refuse(.aliasRefused, line: line) }
            do {
                guard let node = try Yams.compose(yaml: text, .basic) else { return refuse(.emptyFile) }
                if isTooDeep(node) { return refuse(.tooDeep, line: node.mark?.line) }
                return Format.read(tree(node), kept: kept)
            } catch let error as YamlError {
                return problem(error, in: text).map { refuse($0.key, line: $0.line, ["detail": $0.detail]) }
                    ?? refuse(.syntax, ["detail": ""])
            } catch {
                return refuse(.syntax, ["detail": ""])
            }
        }

        /// Writes a set as text that `read` gives back unchanged.
        /// - Throws: `YamlError` when a text cannot be written, such as one with a zero byte.
        package static func write(_ set: CriteriaSet) throws -> String {
            try Yams.serialize(node: node(Format.write(set)), indent: 2, width: -1, allowUnicode: true)
        }
    }
}

extension Criteria.YAML {
    private static func tree(_ node: Node) -> Criteria.Format.Tree {
        let line = node.mark?.line ?? 0
        switch node {
        case .scalar(let scalar):
            let isEmpty = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return .init(isEmpty ? .empty : .scalar(scalar.string), line: line)
        case .sequence(let sequence):
            return .init(.list(sequence.map(tree)), line: line)
        case .mapping(let mapping):
            let entries = mapping.map { key, value in
                // The key's line: a value may begin on the next one.
                var value = tree(value)
                value.line = key.mark?.line ?? value.line
                return Criteria.Format.Tree.Entry(key.scalar?.string ?? "?", value)
            }
            return .init(.map(entries), line: line)
        case .alias:
            return .init(.empty, line: line)
        }
    }

    private static func node(_ tree: Criteria.Format.Tree) -> Node {
        switch tree.content {
        case .empty: return .scalar(.init("", .implicit, .plain))
        case .scalar(let text): return .scalar(scalar(text))
        case .list(let items): return .sequence(.init(items.map(node), .implicit, .block))
        case .map(let entries):
            return .mapping(.init(entries.map { (node(.init(.scalar($0.key))), node($0.value)) }, .implicit, .block))
        }
    }

    /// Plain where that is safe; the emitter quotes by itself what YAML would misread.
    private static func scalar(_ text: String) -> Node.Scalar {
        if ["", "~", "null", "Null", "NULL"].contains(text) { return .init(text, .implicit, .doubleQuoted) }
        return .init(text, .implicit, text.contains("\n") ? .literal : .any)
    }

    private static func problem(
        _ error: YamlError, in text: String
    ) -> (key: Criteria.Fault.Key, line: Int?, detail: String)? {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (.syntax, mark.line, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            return (.repeatedField, context.mark.line, duplicates.joined(separator: ", "))
        case .reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).filter(\.isNewline).count + 1 }
            return (.syntax, line, problem)
        default:
            return nil
        }
    }
}
