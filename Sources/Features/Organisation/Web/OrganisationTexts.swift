import Core
import Web

extension View {
    /// "thôn Thông Xanh".
    func named(_ title: TerritoryTitle) -> String { title.named { self($0, $1) } }

    /// "Thôn Thông Xanh", at the head of a line.
    func headed(_ title: TerritoryTitle) -> String { title.headed { self($0, $1) } }

    /// "Thôn Thông Xanh, xã Đơn Dương".
    func line(_ titles: [TerritoryTitle]) -> String { titles.line { self($0, $1) } }

    func number(_ number: Int) -> String { language.format.integer(number) }

    /// "từ 01/07/2025", "đến hết 30/06/2025", or both; nil when neither is known.
    func span(from: Day, until: Day?) -> String? {
        let first = from == .first ? nil : day(from)
        let last = until.map { day($0.adding(days: -1)) }
        switch (first, last) {
        case (nil, nil): return nil
        case (let first?, nil): return self("organisation.span.from", ["from": first])
        case (nil, let last?): return self("organisation.span.until", ["until": last])
        case (let first?, let last?): return self("organisation.span.both", ["from": first, "until": last])
        }
    }

    /// The class of an area in words where there are any, otherwise as it is written in the data.
    func areaClass(_ name: String) -> String {
        let key = "organisation.class.\(name)"
        return words.has(key) ? self(key) : name
    }

    /// The economic region of an area in words where there are any, otherwise as it is written in the data.
    func region(_ name: String) -> String {
        let key = "organisation.region.\(name)"
        return words.has(key) ? self(key) : name
    }

    /// The way down to a unit: names above it, linked where the person may open them.
    func crumbs(_ above: [TerritoryTitle], visible: Set<ID>) -> [WebCrumb] {
        above.reversed().map { title in
            WebCrumb(headed(title), visible.contains(title.id) ? "/territories/\(title.id)" : nil)
        }
    }
}

/// A choice among all and some, for the bar over a list.
struct FilterContent: Sendable {
    let action: String
    let fields: [WebField]
    let verb: String
    /// Back to the whole list, when something is chosen.
    let clear: WebLink?
}

extension WebField {
    /// A field that offers data: the first choice takes all.
    mutating func offer(_ all: String, _ options: [WebOption], chosen: String) {
        isInput = false
        isRadio = false
        isChoice = true
        self.options =
            [WebOption(value: "", label: all, selected: chosen.isEmpty)]
            + options.map { WebOption(value: $0.value, label: $0.label, selected: $0.value == chosen) }
    }
}

/// An address with the choices that are made.
func address(_ path: String, _ query: [(String, String?)]) -> String {
    let parts = query.compactMap { name, value in
        value.flatMap { $0.isEmpty ? nil : "\(name)=\(escaped($0))" }
    }
    return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
}

private func escaped(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            out.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = Array("0123456789ABCDEF")
            out += "%"
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
    }
    return out
}
