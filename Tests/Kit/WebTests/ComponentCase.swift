import Core
import Testing

@testable import Web

/// A component with everything filled in, and with nothing that may be left out.
struct ComponentCase: Sendable, CustomTestStringConvertible {
    let partial: String
    let full: any Sendable
    let bare: any Sendable
    /// What the full one draws and the bare one does not.
    let optional: [String]
    /// Names of texts that this partial has no place for.
    let undrawn: Set<String>

    var testDescription: String { partial }

    init(
        _ partial: String, _ full: any Sendable, _ bare: any Sendable, _ optional: [String] = [],
        undrawn: Set<String> = []
    ) {
        self.partial = partial
        self.full = full
        self.bare = bare
        self.optional = optional
        self.undrawn = undrawn
    }
}

extension ComponentCase {
    static let all = marks + heads + duties + figures + heat + tables + paper

    private static let late = WebStatus(.late, "Quá hạn 2 ngày")
    private static let link = WebLink("/cach-lam", "Xem cách làm")
    private static let five = WebFive(
        label: "Nhóm I 17 trên 20", bars: [.init(percent: 85), .init(percent: 40, isUnder: true)])
    private static let leaf = WebLeaf(
        day: Day(ordinal: 20_767), today: Day(ordinal: 20_768), language: .vi)

    private static let marks = [
        ComponentCase("web-status", late, WebStatus(.none, "Không có")),
        ComponentCase("web-shape", late, WebStatus(.none, "Không có")),
        ComponentCase("web-key", WebKey(states: [late, WebStatus(.done, "Đạt")]), WebKey(states: []), ["<li>"]),
    ]

    private static let heads = [
        ComponentCase(
            "web-head",
            WebHead(
                title: "Hồ sơ Thôn 3", lead: "Đang bình xét", before: "Chào ông Ba",
                crumbs: [WebCrumb("Hồ sơ", "/ho-so"), WebCrumb("Thôn 3")], status: late),
            WebHead(title: "Hồ sơ Thôn 3"), ["<nav", "class=\"before\"", "class=\"lead\"", "class=\"status"]),
        ComponentCase(
            "web-notice", WebNotice(.done, bold: "Đã lưu.", text: "Xã đã nhận.", action: link),
            WebNotice(.plain), ["<b>", "<a "]),
        ComponentCase(
            "web-empty",
            WebEmpty(
                title: "Chưa có khảo sát", text: "Khảo sát là bước đầu.", first: "Chọn một thôn.",
                action: WebButton("/khao-sat", "Bắt đầu"), example: WebLink("/mau", "Xem một bản mẫu")),
            WebEmpty(title: "Chưa có khảo sát", text: "Khảo sát là bước đầu."),
            ["Bước đầu tiên:", "class=\"button", "class=\"small\""]),
        ComponentCase(
            "web-pager", WebPager(previous: "?truoc=a", next: "?sau=b", said: "1–50 trong 1.204"), WebPager(),
            ["rel=\"prev\"", "rel=\"next\"", "class=\"small\""]),
        ComponentCase(
            "web-pager",
            WebPager(previous: "?truoc=a", next: "?sau=b").named(previous: "Tháng trước", next: "Tháng sau"),
            WebPager().named(previous: "Tháng trước", next: "Tháng sau"), ["rel=\"prev\"", "rel=\"next\""]),
        ComponentCase(
            "web-filters",
            WebFilters(
                label: "Lọc theo trạng thái",
                links: [WebFilter("?tat-ca", "Tất cả", current: true, count: "12"), WebFilter("?tre", "Trễ")]),
            WebFilters(label: "Lọc theo trạng thái", links: [WebFilter("?tre", "Trễ")]),
            ["aria-current", "<span>12</span>"]),
    ]

    private static let duties = [
        ComponentCase("web-leaf", leaf, WebLeaf(day: .first, today: .first, isEvent: true, language: .vi), ["hạn "]),
        ComponentCase(
            "web-duty",
            WebDuty(
                leaf: leaf, status: late, title: "Ghi kết quả Thôn 3", why: "Còn 2 ô", href: "/ghi", verb: "Ghi",
                isFirst: true),
            WebDuty(status: late, title: "Ghi kết quả Thôn 3", href: "/ghi", verb: "Ghi"),
            ["<time", "class=\"quiet\"", "button red wide", "duty first"]),
        ComponentCase(
            "web-now",
            WebNow(
                leaf: leaf, title: "Đang ở Ban công tác Mặt trận", next: "Họp thôn", due: "hạn hôm nay",
                action: WebButton("/hop", "Ghi biên bản", isPrimary: true)),
            WebNow(title: "Đang ở Ban công tác Mặt trận", next: "Họp thôn"), ["<time", "hạn hôm nay", "<a ", "red"]),
        ComponentCase(
            "web-story",
            WebStory(stations: [
                WebStation(state: .waiting, name: "Khảo sát", when: "05/10/2026", current: true),
                WebStation(state: .notbegun, name: "Đăng ký", isAhead: true),
            ]), WebStory(stations: [WebStation(state: .done, name: "Khảo sát")]),
            ["aria-current=\"step\"", " ahead\"", "<span>05/10/2026</span>"]),
        ComponentCase(
            "web-history",
            WebHistory(
                events: [WebEvent(state: .returned, title: "05/10/2026: trả lại", text: "Thiếu ảnh")], all: link),
            WebHistory(events: [WebEvent(state: .done, title: "01/10/2026: gửi")]), ["<a ", "<span>Thiếu ảnh"]),
        ComponentCase(
            "web-rows",
            WebRows(rows: [
                WebLine(title: "Thôn 3", href: "/thon-3", text: "214 hộ", right: "hôm qua", status: late),
                WebLine(title: "Thôn 4"),
            ]), WebRows(rows: [WebLine(title: "Thôn 3")]), ["<a ", "class=\"small\"", "small right", "status is-late"]),
    ]

    private static let figures = [
        ComponentCase(
            "web-figure", WebFigure(number: "149", whole: "trong 161 phiếu hợp lệ", href: "/phieu"),
            WebFigure(number: nil, whole: "trong 161 phiếu hợp lệ"), ["<a ", "149"]),
        ComponentCase(
            "web-bar", WebBar(percent: 72, mark: 80, label: "72 phần trăm, cần 80", isUnder: true),
            WebBar(percent: 90, label: "90 phần trăm"), ["class=\"floor\"", "bar under"]),
        ComponentCase("web-five", five, WebFive(label: "Chưa chấm", bars: []), ["<svg", "class=\"under\""]),
        ComponentCase(
            "web-share",
            WebShare(
                label: "149 trên 161", counts: [(.yes, 149, "149 hài lòng"), (.no, 12, "12 chưa hài lòng")],
                sentence: "Hơn chín phần mười hài lòng.", note: "Phát ra 214 phiếu."),
            WebShare(label: "0 trên 0", counts: [], sentence: "Chưa có phiếu."), ["class=\"yes\"", "class=\"small\""]),
        ComponentCase(
            "web-units",
            WebUnits(
                name: "Xã Đơn Dương", count: "4", of: "trong 9 đạt", label: "4 trong 9 khu đạt",
                states: [.done, .unmet], href: "/don-duong"),
            WebUnits(name: "Xã Đơn Dương", count: "0", of: "trong 9 đạt", label: "chưa khu nào", states: []),
            ["<a ", "ink-done"]),
        ComponentCase(
            "web-ledger",
            WebLedger(
                lines: [.init("Ngân sách xã", "230.000.000 ₫")], total: .init("Cộng", "250.000.000 ₫"),
                note: "Theo biên bản ngày 5/4."), WebLedger(lines: []), ["<th", "<tfoot>", "class=\"small\""]),
        ComponentCase(
            "web-facts",
            WebFacts(facts: [
                WebFact("Số hộ", "214", href: "/ho", status: late), WebFact("Trưởng thôn", "Nguyễn Văn Ba"),
            ]), WebFacts(facts: [WebFact("Số hộ", "214")]), ["<a ", "class=\"status"]),
    ]

    private static let heat = [
        ComponentCase(
            "web-heat",
            WebHeat(
                caption: "Chín khu theo năm nhóm", corner: "Nhóm",
                columns: [.init("Thôn 3", href: "/thon-3", WebStatus(.done, "đạt")), .init("Thôn 4", late)],
                rows: [
                    .init(
                        "Nhóm I", of: "/20", href: "?nhom=1", isInner: true,
                        cells: [WebHeatCell("17", WebStatus(.unmet, "chưa đạt"), href: "/o")])
                ], total: .init("Tổng", of: "/100", values: ["86", "91"])),
            WebHeat(
                caption: "Chín khu theo năm nhóm", corner: "Nhóm", columns: [.init("Thôn 3", late)],
                rows: [.init("Nhóm I", cells: [WebHeatCell("17", late)])]),
            ["<a ", "class=\"inner\"", "class=\"quiet\"", "<tfoot>"]),
        ComponentCase(
            "web-heat-cell", WebHeatCell("17", WebStatus(.unmet, "chưa đạt"), href: "/o"),
            WebHeatCell("17", WebStatus(.unmet, "chưa đạt")), ["<a "]),
        ComponentCase(
            "web-area-lines",
            WebAreaLines(lines: [.init(name: "Thôn 3", href: "/thon-3", status: late, five: five, total: "86")]),
            WebAreaLines(lines: [.init(name: "Thôn 3", href: "/thon-3", status: late, total: "86")]),
            ["class=\"five\""]),
    ]

    private static let tables = [
        ComponentCase(
            "web-table",
            WebTable(
                caption: "Chín khu dân cư", columns: [WebColumn("Khu dân cư"), WebColumn("Điểm", isNumber: true)],
                rows: [
                    WebRow([
                        .head("Thôn 3", href: "/thon-3", also: "214 hộ", status: late),
                        .number("86", bar: WebBar(percent: 86, mark: 80, label: "86 trên 100"), five: five),
                    ])
                ], foot: WebRow([.head("Trung bình"), .number("81")])),
            WebTable(columns: [WebColumn("Khu dân cư")], rows: [WebRow([.head("Thôn 3")])]),
            ["<caption>", "<tfoot>", "<a ", "<small>", "class=\"bar", "class=\"five", "class=\"status"]),
        ComponentCase(
            "web-cell", WebCell.link(link), WebCell(), ["<a "], undrawn: ["name"]),
    ]

    private static let paper = [
        ComponentCase(
            "web-document-head",
            WebDocumentHead(
                superior: ["UBND XÃ ĐƠN DƯƠNG"], issuer: "BAN CHỈ ĐẠO", number: "12", symbol: "QĐ-BCĐ",
                place: "Đơn Dương", dayText: "ngày 10 tháng 11 năm 2026", isParty: true, isDraft: true),
            WebDocumentHead(issuer: "BAN CHỈ ĐẠO", place: "Đơn Dương", dayText: "ngày … tháng 11 năm 2026"),
            ["ĐẢNG CỘNG SẢN", "DỰ THẢO", "12", "-QĐ-BCĐ", "UBND"]),
        ComponentCase(
            "web-document-sign",
            WebDocumentSign(
                recipients: ["Như trên", "Lưu VT"], authority: "TM. BAN THƯỜNG TRỰC", office: "CHỦ TỊCH",
                signer: "Nguyễn Thị Tư", blank: "(chưa ký)"),
            WebDocumentSign(authority: "TM. BAN THƯỜNG TRỰC"), ["- Như trên", "CHỦ TỊCH", "signer", "unsigned"]),
        ComponentCase(
            "web-trace",
            WebTrace(
                isDemo: true, printed: "14:05, 10/11/2026", record: "HS-12", revision: "3",
                valid: "Bản in chỉ để xem.", qrPath: "M0 0h1v1h-1z", qrSize: 29),
            WebTrace(printed: "14:05, 10/11/2026", record: "HS-12", revision: "3", valid: "Bản in chỉ để xem."),
            ["<svg viewBox=\"0 0 29 29\"", "Dữ liệu minh họa"]),
        ComponentCase(
            "web-plate",
            WebPlate(
                place: "Xã Đơn Dương, tỉnh Lâm Đồng", name: "Thôn 3", title: "Khu dân cư kiểu mẫu", text: "Công nhận.",
                decision: WebLink("/qd-12", "Quyết định 12"), facts: "214 hộ", links: [link]),
            WebPlate(
                place: "Xã Đơn Dương, tỉnh Lâm Đồng", name: "Thôn 3", title: "Khu dân cư kiểu mẫu", text: "Công nhận."),
            ["<a ", "class=\"small\"", "class=\"button\""]),
    ]
}
