import Core
import Testing

@testable import Web

@Suite("Components are drawn by their partials")
struct ComponentTests {
    @Test("Every text handed in is drawn", arguments: ComponentCase.all)
    func drawsItsTexts(of component: ComponentCase) throws {
        let html = try Pressing()(component.partial, component.full)
        for (name, text) in texts(in: component.full) where !component.undrawn.contains(name) {
            #expect(html.contains(HTMLBytes().escapeText(text)), "\(component): \(name)")
        }
        #expect(!html.contains("nil") && !html.contains("Optional(") && !html.contains("Node("))
    }

    @Test("What is nil draws nothing, and never a name of the page around", arguments: ComponentCase.all)
    func nilDrawsNothing(of component: ComponentCase) throws {
        let press = try Pressing()
        let poison = names(in: component.full)
        let full = try press(component.partial, component.full, poison: poison)
        let bare = try press(component.partial, component.bare, poison: poison)
        for mark in component.optional {
            #expect(full.contains(mark), "\(component): \(mark) of the full one")
            #expect(!bare.contains(mark), "\(component): \(mark) of the bare one")
        }
        #expect(!full.contains(Pressing.outer) && !bare.contains(Pressing.outer))
    }

    @Test("The page's own names are there to be taken: the check above can fail")
    func poisonIsDrawn() throws {
        #expect(
            try Pressing.draw("{{#it}}{{title}}{{/it}}", ["it": ["a": "b"], "title": Pressing.outer]) == "OF THE PAGE\n"
        )
    }

    @Test("Texts are escaped within a partial within a partial")
    func escapes() throws {
        let table = WebTable(columns: [WebColumn("<i>")], rows: [WebRow([.text("<b>\"Đơn\" & 'Dương'</b>")])])
        let html = try Pressing()("web-table", table)
        #expect(html.contains("&lt;b&gt;&quot;Đơn&quot; &amp; &#39;Dương&#39;&lt;/b&gt;"))
        #expect(html.contains("data-name=\"&lt;i&gt;\"") && !html.contains("<b>") && !html.contains("<i>"))
    }

    @Test("Each state has its word in the templates' spelling, its shape and its colours", arguments: WebState.allCases)
    func states(state: WebState) throws {
        #expect("\(state)" == state.rawValue)
        let html = try Pressing()("web-status", WebStatus(state, "lời"))
        #expect(html.contains("class=\"status is-\(state.rawValue)\"") && html.contains(">lời</span>"))
        let sprite = try AssetRooms(root: houseRoot).templates()["web-shapes"] ?? ""
        // A draft is a dashed frame.
        #expect(sprite.contains("id=\"s-\(state.rawValue)\"") == (state != .draft))
        let style = try Assets.style()
        #expect(style.contains(".is-\(state.rawValue)") && style.contains(".ink-\(state.rawValue)"))
    }

    @Test("Kinds and tones are written as the stylesheet knows them")
    func kinds() throws {
        let style = try Assets.style()
        let sprite = try AssetRooms(root: houseRoot).templates()["web-shapes"] ?? ""
        for kind in WebNotice.Kind.allCases {
            #expect("\(kind)" == kind.rawValue && sprite.contains("id=\"s-\(kind.rawValue)\""))
        }
        for kind in WebShare.Kind.allCases {
            #expect("\(kind)" == kind.rawValue && style.contains(".\(kind.rawValue) {"))
        }
        for tone in WebLeaf.Tone.allCases { #expect("\(tone)" == tone.rawValue) }
        #expect(style.contains(".leaf-late") && style.contains(".leaf-today"))
    }

    @Test(
        "A leaf tells late from today and later, and an event is never late",
        arguments: [
            ("2026-11-08", false, WebLeaf.Tone.late), ("2026-11-10", false, .today), ("2026-11-11", false, .later),
            ("2026-11-08", true, .later), ("2026-11-10", true, .today), ("2026-11-15", true, .later),
        ])
    func leaf(iso: String, isEvent: Bool, tone: WebLeaf.Tone) throws {
        let leaf = try WebLeaf(day: day(iso), today: day("2026-11-10"), isEvent: isEvent, language: .vi)
        #expect(leaf.tone == tone && leaf.iso == iso)
        let html = try Pressing()("web-leaf", leaf)
        #expect(html.contains("leaf-\(tone.rawValue)") && html.contains("<span class=\"sr\">hạn ") == !isEvent)
    }

    @Test("A leaf is written in the reader's language")
    func leafLanguages() throws {
        let (today, due) = try (day("2026-11-10"), day("2026-04-05"))
        let vietnamese = WebLeaf(day: due, today: today, language: .vi)
        #expect(vietnamese.weekday == "Chủ nhật" && vietnamese.day == "5")
        #expect(vietnamese.month == "4/2026" && vietnamese.date == "05/04/2026")
        let english = WebLeaf(day: due, today: today, language: .en)
        #expect(english.weekday == "Sunday" && english.month == "April 2026" && english.date == "5 April 2026")
    }

    @Test(
        "A deadline is told in days",
        arguments: [
            ("2026-11-08", WebState.late, "Quá hạn 2 ngày", "2 days overdue"),
            ("2026-11-09", .late, "Quá hạn 1 ngày", "1 day overdue"),
            ("2026-11-10", .waiting, "Hôm nay", "Today"),
            ("2026-11-11", .notbegun, "Còn 1 ngày", "1 day left"),
            ("2026-11-20", .notbegun, "Còn 10 ngày", "10 days left"),
        ])
    func deadline(iso: String, state: WebState, vietnamese: String, english: String) throws {
        let (due, today) = try (day(iso), day("2026-11-10"))
        let said = try WebStatus.deadline(due, today: today, ahead: .notbegun, Pressing(.vi).words)
        #expect(said == WebStatus(state, vietnamese))
        #expect(try WebStatus.deadline(due, today: today, ahead: .notbegun, Pressing(.en).words).word == english)
    }

    @Test("Only the first duty is red")
    func firstDuty() {
        let duty = WebDuty(status: WebStatus(.late, "x"), title: "x", href: "/", verb: "x", isFirst: true)
        #expect([duty, duty, duty].withFirst.map(\.isFirst) == [true, false, false])
        #expect([WebDuty]().withFirst.isEmpty)
    }

    @Test("Cells take name and side from their column")
    func cells() throws {
        let table = WebTable(
            columns: [WebColumn("Khu dân cư"), WebColumn("Hộ", isNumber: true)],
            rows: [WebRow([.head("Thôn 3"), .text("214"), .text("ngoài bảng")])],
            foot: WebRow([.head("Cộng"), WebCell(name: "Tổng", text: "214")]))
        #expect(table.rows[0].cells.map(\.name) == ["Khu dân cư", "Hộ", ""])
        #expect(table.rows[0].cells.map(\.isNumber) == [false, true, false])
        #expect(table.foot?.cells.map(\.name) == ["Khu dân cư", "Tổng"])
        let html = try Pressing()("web-table", table)
        #expect(html.contains("<td data-name=\"Hộ\" class=\"num\">") && html.contains("<th scope=\"row\">"))
    }

    @Test("A drawing's numbers stay within it", arguments: [(-5, 0), (0, 0), (72, 72), (100, 100), (140, 100)])
    func widths(given: Int, drawn: Int) {
        #expect(WebBar(percent: given, mark: given, label: "x").percent == drawn)
        #expect(WebBar(percent: 1, mark: given, label: "x").mark == drawn)
        #expect(WebFive.Bar(percent: given).percent == drawn)
    }

    @Test("The parts of a share follow one another to the whole")
    func share() {
        let share = WebShare(
            label: "x", counts: [(.yes, 149, "149"), (.no, 12, "12"), (.silent, 39, "39")], sentence: "x")
        #expect(share.parts.map(\.from) == [0, 74.5, 80.5] && share.parts.map(\.percent) == [74.5, 6, 19.5])
        let none = WebShare(label: "x", counts: [(.yes, 0, "0"), (.no, -3, "0")], sentence: "x")
        #expect(none.parts.map(\.percent) == [0, 0])
    }

    /// docs/components.md gives the sheet 8 KiB; what pages of papers need stands in a sheet of its own.
    @Test("The sheet that every page asks for stays small on the wire")
    func weight() throws {
        let files = try PublicFiles(folder: houseRoot + "/Public").files
        let style = try #require(files["kieumau.css"])
        #expect(try #require(style.zipped).count <= 7_680)
        #expect(!String(decoding: style.bytes, as: UTF8.self).contains("/*"))
        #expect(try #require(files["paper.css"]?.zipped).count <= 2_560)
        // Control: the sheet cannot be so small that nothing of it was sent.
        #expect(style.bytes.count > 20_000)
    }

    @Test("A page that is a paper asks for the sheet of papers, and no other does")
    func papers() throws {
        let templates = try AssetRooms(root: houseRoot).templates()
        let papers = templates.filter { $0.value.contains(/class="paper[ "{]/) }
        #expect(papers.count > 10)
        for (name, text) in templates where text.contains("{{<web-layout}}") {
            #expect(text.contains("{{> web-paper-style}}") == (papers[name] != nil), "\(name)")
        }
    }

    @Test("A paper names its record by a name, or by the end of its identifier")
    func traces() {
        func record(_ record: String) -> String {
            WebTrace(printed: "14:05", record: record, revision: "1", valid: "x").record
        }
        #expect(record("01a1fe45-9886-7000-bb3e-5680ca7a8ca4") == "5680ca7a8ca4")
        #expect(record("HS-12") == "HS-12" && record("Thành viên tổ thẩm định") == "Thành viên tổ thẩm định")
    }

    @Test("There is no pager where all is on one page")
    func pager() {
        #expect(WebPager.ifNeeded(previous: nil, next: nil, said: "1–3 trong 3") == nil)
        #expect(WebPager.ifNeeded(previous: nil, next: "?sau=x") != nil)
    }
}

extension Assets {
    static func style() throws -> String {
        let files = try PublicFiles(folder: houseRoot + "/Public").files
        return String(decoding: files["kieumau.css"]?.bytes ?? [], as: UTF8.self)
    }
}
