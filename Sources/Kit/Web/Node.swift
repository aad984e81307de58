import Core
import Mustache
import Synchronization

/// A value of a page made ready for templates: read by reflection once, then looked up by name. A name that the
/// value has but that holds nothing stays empty; it never takes the value of an outer object of the same name.
struct Node: MustacheParent {
    /// The stored properties of one type: their names, and what is known of each without asking again. It is looked
    /// at once for the program's life.
    final class Layout: Sendable {
        enum Kind: Sendable { case ready, optionalText, other }

        let places: [String: Int]
        /// What each held when it was looked at. A property whose type is a protocol may hold something else in the
        /// next value, so the kind counts only while the type is the same.
        private let properties: [(type: ObjectIdentifier, kind: Kind)]

        var count: Int { properties.count }

        private init(_ children: Mirror.Children) {
            var places: [String: Int] = [:]
            var properties: [(type: ObjectIdentifier, kind: Kind)] = []
            for child in children {
                if let label = child.label { places[label] = properties.count }
                let type = type(of: child.value)
                properties.append((ObjectIdentifier(type), Layout.kind(type)))
            }
            self.places = places
            self.properties = properties
        }

        func kind(_ index: Int, _ value: Any) -> Kind {
            let (type, kind) = properties[index]
            return type == ObjectIdentifier(Swift.type(of: value)) ? kind : .other
        }

        private static func kind(_ type: Any.Type) -> Kind {
            switch type {
            case is String.Type, is Int.Type, is Bool.Type, is Drawn.Type, is any PageValue.Type,
                is any PageValues.Type:
                .ready
            case is String?.Type: .optionalText
            default: .other
            }
        }

        private static let known = Mutex<[ObjectIdentifier: Layout]>([:])

        static func of(_ type: Any.Type, _ children: Mirror.Children) -> Layout {
            let key = ObjectIdentifier(type)
            if let layout = known.withLock({ $0[key] }) { return layout }
            let layout = Layout(children)
            known.withLock { $0[key] = layout }
            return layout
        }
    }

    private let places: [String: Int]
    private let values: [Any]

    func child(named name: String) -> Any? { places[name].map { values[$0] } }

    init(_ value: Any) {
        self = NodeMaker().node(value)
    }

    /// Names and values that stand in no struct.
    init(fields: [String: Any]) {
        self = NodeMaker().table(fields)
    }

    fileprivate init(places: [String: Int], values: [Any]) {
        self.places = places
        self.values = values
    }
}

/// A list whose elements tell their fields themselves needs nothing made ready.
private protocol PageValues {}
extension Array: PageValues where Element: PageValue {}

/// Makes the nodes of one page.
private struct NodeMaker {
    func node(_ value: Any) -> Node { node(value, Mirror(reflecting: value)) }

    private func node(_ value: Any, _ mirror: Mirror) -> Node {
        let children = mirror.children
        let layout = Node.Layout.of(type(of: value), children)
        var values: [Any] = []
        values.reserveCapacity(layout.count)
        for (index, child) in children.enumerated() {
            switch layout.kind(index, child.value) {
            case .ready: values.append(child.value)
            case .optionalText: values.append((child.value as? String) ?? Absent.value)
            case .other: values.append(ready(child.value))
            }
        }
        return Node(places: layout.places, values: values)
    }

    /// Texts, numbers and flags as they are; lists and structs made ready in turn.
    private func ready(_ value: Any) -> Any {
        switch value {
        case is String, is Int, is Bool, is Drawn, is Node, is any PageValue, is any PageValues: return value
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

    func table(_ table: [String: Any]) -> Node {
        var places: [String: Int] = [:]
        var values: [Any] = []
        for (name, value) in table {
            places[name] = values.count
            values.append(ready(value))
        }
        return Node(places: places, values: values)
    }
}
