import Testing

@testable import Web

/// What tells its fields itself must not forget one: its names are held against its stored properties.
@Suite struct PageValueTests {
    private static let values: [any PageValue] = [
        WebStatus(.done, "w"), WebRow([.text("t")]), WebCell(text: nil), WebHeatCell("1", WebStatus(.done, "w")),
        WebHeat.Row("n", cells: []), WebBar(percent: 1, label: "l"), WebFive(label: "l", bars: []),
        WebFive.Bar(percent: 1),
    ]

    @Test func everyStoredPropertyIsTold() {
        for value in Self.values {
            for child in Mirror(reflecting: value).children {
                guard let label = child.label else { continue }
                #expect(value.child(named: label) != nil, "\(type(of: value)) does not tell \(label)")
            }
        }
    }

    @Test func anUnknownNameIsNotTold() {
        for value in Self.values { #expect(value.child(named: "nmae") == nil) }
    }
}
