import Core
import Mustache

/// What the layout says around a page (docs/components.md, "A page").
struct Shell: Sendable {
    /// More than these do not fit on one line beside the sign.
    static let barMost = 6

    struct Link: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    struct Flash: Sendable {
        let kind: String
        let text: String
    }

    struct OtherLanguage: Sendable {
        let href: String
        let label: String
        let lang: String
    }

    let lang: String
    let title: String
    let theme: String?
    let isDemo: Bool
    let demoDay: String?
    let demoHref: String?
    let signedIn: Bool
    let organisation: String?
    let homeHref: String
    let nav: [Link]
    /// The bar's links; where there are too many for one line, the first of them, and the others folded.
    var bar: [Link] = []
    var more: [Link] = []
    /// One of the folded ones is this page.
    var isMoreCurrent = false
    let flash: Flash?
    let otherLanguage: OtherLanguage?
    let helpHref: String?
    let accountHref: String?
    let version: String?
}

extension Shell {
    /// All links of the bar, and which of them stand in it and which are folded.
    static func links(
        _ items: [NavigationItem], at path: String, _ words: Words
    ) -> (all: [Link], bar: [Link], more: [Link]) {
        let all = items.map { item in
            let isHere = item.href == path || item.href != "/" && path.hasPrefix(item.href + "/")
            return Link(href: item.href, label: words(item.label), current: isHere)
        }
        let shown = all.count <= barMost ? all.count : barMost - 1
        return (all, Array(all.prefix(shown)), Array(all.dropFirst(shown)))
    }
}

/// Root of a page's context: the page's own names, the shell, and the two hidden fields of its forms.
final class RenderRoot: MustacheParent {
    private let content: Node
    private let shell: Shell
    private let csrf: String
    private let operation: String
    /// Whether a form was drawn, so that a visitor gets the cookie that belongs to it, and only then.
    private(set) var hasForm = false

    init(content: Node, shell: Shell, csrf: String, operation: String) {
        self.content = content
        self.shell = shell
        self.csrf = csrf
        self.operation = operation
    }

    func child(named name: String) -> Any? {
        switch name {
        case "shell": return shell
        case "csrf":
            hasForm = true
            return csrf
        case "operation": return operation
        default: return content.child(named: name)
        }
    }
}

extension Shell.Link: PageValue {
    func child(named name: String) -> Any? {
        switch name {
        case "href": href
        case "label": label
        case "current": current
        default: nil
        }
    }
}

extension Shell.Flash: PageValue {
    func child(named name: String) -> Any? {
        switch name {
        case "kind": kind
        case "text": text
        default: nil
        }
    }
}

extension Shell.OtherLanguage: PageValue {
    func child(named name: String) -> Any? {
        switch name {
        case "href": href
        case "label": label
        case "lang": lang
        default: nil
        }
    }
}

extension Shell: PageValue {
    func child(named name: String) -> Any? {
        switch name {
        case "lang": lang
        case "title": title
        case "theme": shown(theme)
        case "isDemo": isDemo
        case "demoDay": shown(demoDay)
        case "demoHref": shown(demoHref)
        case "signedIn": signedIn
        case "organisation": shown(organisation)
        case "homeHref": homeHref
        case "nav": nav
        case "bar": bar
        case "more": more
        case "isMoreCurrent": isMoreCurrent
        case "flash": shown(flash)
        case "otherLanguage": shown(otherLanguage)
        case "helpHref": shown(helpHref)
        case "accountHref": shown(accountHref)
        case "version": shown(version)
        default: nil
        }
    }
}
