import Testing

@testable import Web

/// What tells its fields itself must not forget one: its names are held against its stored properties.
@Suite struct PageValueTests {
    private static let values: [any PageValue] = [
        WebStatus(.done, "w"), WebRow([.text("t")]), WebCell(text: nil), WebHeatCell("1", WebStatus(.done, "w")),
        WebHeat.Row("n", cells: []), WebBar(percent: 1, label: "l"), WebFive(label: "l", bars: []),
        WebFive.Bar(percent: 1), WebLink("/", "l"), WebFilter("/", "l"), WebCrumb("l"), WebHead(title: "t"),
        WebStation(state: .done, name: "n"), WebEvent(state: .done, title: "t"), WebLine(title: "t"), WebFact("n", "v"),
        WebField(
            Field("f", .flag), form: "x", value: nil, error: nil, options: [], label: "l", hint: nil, unit: nil,
            Words(language: .vi, texts: [:], source: [:])),
        WebOption(value: "v", label: "l"), WebPager(), Shell.Link(href: "/", label: "l", current: true),
        Shell.Flash(kind: "k", text: "t"),
        Shell.OtherLanguage(href: "/", label: "l", lang: "en"),
        Shell(
            lang: "vi", title: "t", theme: nil, isDemo: false, demoDay: nil, demoHref: nil, signedIn: false,
            organisation: nil, homeHref: "/", nav: [], flash: nil, otherLanguage: nil, helpHref: nil,
            accountHref: nil, version: nil),
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
