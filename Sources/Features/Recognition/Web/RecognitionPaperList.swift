import Web

/// A list of papers (submissions, decisions, panels): what waits to be made, what there is, the next page.
struct RecognitionPaperList: Sendable {
    let head: WebHead
    let waiting: [WebDuty]
    let table: WebTable?
    let pager: WebPager?
    let empty: WebEmpty?
    private let title: String

    init(title: String, lead: String, waiting: [WebDuty], table: WebTable?, pager: WebPager? = nil, empty: WebEmpty?) {
        self.title = title
        head = WebHead(title: title, lead: lead)
        self.waiting = waiting
        self.table = table
        self.pager = pager
        self.empty = empty
    }

    var page: Page { Page("recognition-decisions", title: title, self) }
}
