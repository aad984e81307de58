import Core
import Mustache

/// A value of a page made ready for templates: read by reflection once, then looked up by name. A name that the
/// value has but that holds nothing stays empty; it never takes the value of an outer object of the same name.
struct Node: MustacheParent {
    /// The stored properties of one type: their names, and what is known of each without asking again.
    final class Layout: Sendable {
        enum Kind: Sendable { case text, optionalText, number, flag, other }

        private static let kinds: [ObjectIdentifier: Kind] = [
            ObjectIdentifier(String.self): .text, ObjectIdentifier(String?.self): .optionalText,
            ObjectIdentifier(Int.self): .number, ObjectIdentifier(Bool.self): .flag,
        ]

        let places: [String: Int]
        let kinds: [Kind]

        init(_ children: Mirror.Children) {
            var places: [String: Int] = [:]
            var kinds: [Kind] = []
            for child in children {
                if let label = child.label { places[label] = kinds.count }
                kinds.append(Layout.kinds[ObjectIdentifier(type(of: child.value))] ?? .other)
            }
            self.places = places
            self.kinds = kinds
        }
    }

    private let places: [String: Int]
    private let values: [Any]

    func child(named name: String) -> Any? { places[name].map { values[$0] } }

    init(_ value: Any) {
        var maker = NodeMaker()
        self = maker.node(value)
    }

    /// Names and values that stand in no struct.
    init(fields: [String: Any]) {
        var maker = NodeMaker()
        self = maker.table(fields)
    }

    fileprivate init(places: [String: Int], values: [Any]) {
        self.places = places
        self.values = values
    }
}

/// Makes the nodes of one page. A list has many rows of one type, whose layout is looked at once.
private struct NodeMaker {
    private var layouts: [ObjectIdentifier: Node.Layout] = [:]

    mutating func node(_ value: Any) -> Node { node(value, Mirror(reflecting: value)) }

    private mutating func node(_ value: Any, _ mirror: Mirror) -> Node {
        let children = mirror.children
        let key = ObjectIdentifier(type(of: value))
        let layout = layouts[key] ?? Node.Layout(children)
        layouts[key] = layout
        var values: [Any] = []
        values.reserveCapacity(layout.kinds.count)
        for (kind, child) in zip(layout.kinds, children) {
            switch kind {
            case .text, .number, .flag: values.append(child.value)
            case .optionalText: values.append((child.value as? String) ?? Absent.value)
            case .other: values.append(ready(child.value))
            }
        }
        return Node(places: layout.places, values: values)
    }

    /// Texts, numbers and flags as they are; lists and structs made ready in turn.
    private mutating func ready(_ value: Any) -> Any {
        switch value {
        case is String, is Int, is Bool, is Node, is any PageValue: return value
        case let list as [Any]:
            var nodes: [Any] = []
            nodes.reserveCapacity(list.count)
            for element in list { nodes.append(ready(element)) }
            return nodes
        case let table as [String: Any]: return self.table(table)
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let some = mirror.children.first else { return Absent.value }
            return ready(some.value)
        case .struct where !(value is any CustomStringConvertible): return node(value, mirror)
        default: return "\(value)"
        }
    }

    mutating func table(_ table: [String: Any]) -> Node {
        var places: [String: Int] = [:]
        var values: [Any] = []
        for (name, value) in table {
            places[name] = values.count
            values.append(ready(value))
        }
        return Node(places: places, values: values)
    }
}
