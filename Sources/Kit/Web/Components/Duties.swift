import Core

/// A day as a leaf of a calendar, for deadlines and days to come only: `web-leaf`.
package struct WebLeaf: Sendable {
    /// The cases' names are classes of the stylesheet.
    package enum Tone: String, CaseIterable, Sendable { case late, today, later }

    /// "2026-11-10".
    package let iso: String
    /// "Thứ Ba".
    package let weekday: String
    /// "10".
    package let day: String
    /// "11/2026".
    package let month: String
    /// "10/11/2026".
    package let date: String
    package let tone: Tone
    /// A day that comes, not a deadline: read aloud without "hạn", and never late.
    package let isEvent: Bool

    package init(day: Day, today: Day, isEvent: Bool = false, language: Language) {
        let format = language.format
        iso = day.isoText
        weekday = format.weekday(day.weekday)
        self.day = format.integer(day.day)
        month = format.month(day)
        date = format.day(day)
        tone = day == today ? .today : day < today && !isEvent ? .late : .later
        self.isEvent = isEvent
    }
}

extension View {
    /// A deadline, or a day that comes, as a leaf.
    package func leaf(_ day: Day, isEvent: Bool = false) -> WebLeaf {
        WebLeaf(day: day, today: today, isEvent: isEvent, language: language)
    }

    /// How far a deadline is away from today.
    package func deadline(_ day: Day, ahead: WebState = .waiting) -> WebStatus {
        .deadline(day, today: today, ahead: ahead, words)
    }
}

/// Something to do, one tap away: `web-duty`. In `<div class="cards">` a card, in `<div class="card duties">` a line.
package struct WebDuty: Sendable {
    package let leaf: WebLeaf?
    package let status: WebStatus
    /// The act and its object.
    package let title: String
    /// One line of why, or how long it takes.
    package let why: String?
    package let href: String
    /// The button: "Ghi kết quả".
    package let verb: String
    /// Only the first of a page: red, full width on a phone.
    package var isFirst: Bool

    package init(
        leaf: WebLeaf? = nil, status: WebStatus, title: String, why: String? = nil, href: String, verb: String,
        isFirst: Bool = false
    ) {
        self.leaf = leaf
        self.status = status
        self.title = title
        self.why = why
        self.href = href
        self.verb = verb
        self.isFirst = isFirst
    }
}

extension [WebDuty] {
    /// The same duties with the red button on the first and on no other.
    package var withFirst: [WebDuty] {
        var duties = self
        for index in duties.indices { duties[index].isFirst = index == duties.startIndex }
        return duties
    }
}

/// The now-bar above a story line: where the thing is and what comes next: `web-now`.
package struct WebNow: Sendable {
    package let leaf: WebLeaf?
    /// "Đang ở …, từ …".
    package let title: String
    /// The text behind "Bước tiếp theo".
    package let next: String
    /// "hạn hôm nay".
    package let due: String?
    package let action: WebButton?

    package init(leaf: WebLeaf? = nil, title: String, next: String, due: String? = nil, action: WebButton? = nil) {
        self.leaf = leaf
        self.title = title
        self.next = next
        self.due = due
        self.action = action
    }
}

/// The steps from first to last: `web-story`.
package struct WebStory: Sendable {
    package let stations: [WebStation]

    package init(stations: [WebStation]) { self.stations = stations }
}

/// One station of a story's way.
package struct WebStation: Sendable {
    package let state: WebState
    package let name: String
    /// Its day, written out.
    package let when: String?
    package let current: Bool
    /// Of the future.
    package let isAhead: Bool
    /// Where what happened there is read, or done.
    package let href: String?

    package init(
        state: WebState, name: String, when: String? = nil, current: Bool = false, isAhead: Bool = false,
        href: String? = nil
    ) {
        self.state = state
        self.name = name
        self.when = when
        self.current = current
        self.isAhead = isAhead
        self.href = href
    }
}

/// What happened, newest first: `web-history`.
package struct WebHistory: Sendable {
    package let events: [WebEvent]
    /// To the whole of it, when this is the beginning.
    package let all: WebLink?

    package init(events: [WebEvent], all: WebLink? = nil) {
        self.events = events
        self.all = all
    }
}

/// One line of a history.
package struct WebEvent: Sendable {
    package let state: WebState
    /// Begins with the day.
    package let title: String
    package let text: String?

    package init(state: WebState, title: String, text: String? = nil) {
        self.state = state
        self.title = title
        self.text = text
    }
}

/// Lines between hairlines: who is late, evidence, what is new: `web-rows`.
package struct WebRows: Sendable {
    package let rows: [WebLine]

    package init(rows: [WebLine]) { self.rows = rows }
}

/// One line of a list: a title that may lead somewhere, text below, quiet text at the right.
package struct WebLine: Sendable {
    package let title: String
    package let href: String?
    package let text: String?
    /// Quiet text at the right edge.
    package let right: String?
    package let status: WebStatus?

    package init(
        title: String, href: String? = nil, text: String? = nil, right: String? = nil, status: WebStatus? = nil
    ) {
        self.title = title
        self.href = href
        self.text = text
        self.right = right
        self.status = status
    }
}
