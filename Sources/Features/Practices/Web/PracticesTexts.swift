import Core
import Documents
import Organisation
import Web

/// Practices in the reader's words.
struct PracticeTexts {
    let view: View

    var format: Format { view.language.format }

    func headed(_ title: TerritoryTitle) -> String { title.headed { view($0, $1) } }
    func line(_ titles: [TerritoryTitle]) -> String { titles.line { view($0, $1) } }

    /// "Thôn Thông Xanh, xã Đơn Dương".
    func place(_ area: TerritoryTitle, _ above: TerritoryTitle?) -> String {
        line([area] + [above].compactMap { $0?.kind == .country ? nil : $0 })
    }

    /// "4 nơi làm theo".
    func followers(_ count: Int) -> String? {
        count == 0 ? nil : view("practices.followers.\(count == 1 ? "one" : "many")", ["count": format.integer(count)])
    }

    /// "12.000.000 ₫ · 24 ngày công · 6 tuần"; nil when nobody told.
    func effort(_ text: PracticeText) -> String? {
        let parts = [
            text.cost.map { format.money($0) },
            text.labourDays.map { view("practices.labourDays", ["count": format.integer($0)]) },
            text.weeks.map { view("practices.weeks", ["count": format.integer($0)]) },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    func alive(_ isAlive: Bool?) -> WebStatus {
        switch isAlive {
        case true?: WebStatus(.done, view("practices.alive.yes"))
        case false?: WebStatus(.none, view("practices.alive.no"))
        case nil: WebStatus(.waiting, view("practices.alive.never"))
        }
    }

    /// As it stands in a list: whoever reads it first wants to know whether it may be read by others, then if it lives.
    func status(_ practice: Practice) -> WebStatus {
        switch practice.state {
        case .shared: WebStatus(.draft, view("practices.state.shared"))
        case .withdrawn: WebStatus(.none, view("practices.state.withdrawn"))
        case .confirmed: alive(practice.isAlive)
        }
    }

    func row(_ practice: Practice, href: String) -> WebLine {
        WebLine(
            title: practice.text.name, href: href,
            text: [
                place(practice.area, practice.above), practice.criterion.shown(in: view.language),
                effort(practice.text), followers(practice.followers),
            ].compactMap { $0 }.joined(separator: " · "), status: status(practice))
    }

    func paragraphs(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
    }

    /// The foot of a paper, with a code that opens its record.
    func trace(_ record: String, revision: Int, opens path: String) -> WebTrace {
        let code = try? QRCode(view.absolute(path))
        return WebTrace(
            isDemo: view.isDemonstration, printed: format.moment(view.now), record: record, revision: "\(revision)",
            valid: view("practices.paper.valid"), qrPath: code?.squares, qrSize: code?.wholeSide)
    }
}

/// What came of a place that followed, as the page draws it.
struct PracticeFollower: Sendable {
    let name: String
    let since: String
    let changed: [String]
    let result: String?
    let different: String?
    let changeHref: String?

    init(_ following: PracticeFollowing, changeHref: String?, _ texts: PracticeTexts) {
        let view = texts.view
        name = texts.place(following.area, following.above)
        since = view("practices.page.since", ["day": view.day(following.since), "by": following.organisation])
        changed = texts.paragraphs(following.changed)
        result = following.result.map { view("practices.page.result", ["text": $0]) }
        different = following.different.map { view("practices.page.different", ["text": $0]) }
        self.changeHref = changeHref
    }
}

/// A picture as the page draws it.
struct PracticePictureCard: Sendable {
    let href: String
    let thumbnail: String
    let alt: String
    let caption: String?
    let status: WebStatus?
    let releaseHref: String?
    let removal: String?

    init(_ picture: PracticePicture, of practice: Practice, mayRelease: Bool, mayRemove: Bool, _ view: View) {
        href = "/practice-pictures/\(picture.id)/picture"
        thumbnail = "/practice-pictures/\(picture.id)/thumbnail"
        alt = picture.caption ?? practice.text.name
        caption = picture.caption
        let home = "/practices/\(practice.id)/pictures/\(picture.id)"
        status =
            mayRelease || mayRemove
            ? WebStatus(
                picture.isReleased ? .done : .none,
                view(picture.isReleased ? "practices.picture.released" : "practices.picture.closed")) : nil
        releaseHref = mayRelease ? "\(home)/release" : nil
        removal = mayRemove ? "\(home)/removal" : nil
    }
}
