import Testing

@testable import TestKit

@Suite("What tests read on a page")
struct PageTests {
    private func shown(_ body: String) -> Shown {
        Shown(
            status: 200, path: "/notes", headers: [.contentType: "text/html; charset=utf-8"],
            bytes: Array("<!doctype html><title>T</title><main><h1>Sổ &amp; sách</h1>\(body)</main>".utf8), through: [])
    }

    private let form = """
        <form method="post" action="/notes/1"><input type="hidden" name="csrf" value="x&quot;y">
        <label for="title">T</label><input id="title" name="title" value="c&#361; &lt;1&gt;">
        <textarea id="words" name="words">
        hai
        dòng</textarea>
        <select name="kind"><option value="">–</option><option value="a" selected>A</option><option value="b">B</option></select>
        <input type="radio" name="size" value="s"><input type="radio" name="size" value="l" checked>
        <input type="checkbox" name="agreed" value="on"><input name="fixed" value="1" readonly>
        <button>Lưu</button></form>
        """

    @Test("A form has what its page put into it")
    func values() throws {
        let form = try shown(form).form()
        #expect(
            form.values == [
                "csrf": "x\"y", "title": "cũ <1>", "words": "hai\ndòng", "kind": "a", "size": "l", "fixed": "1",
            ])
        #expect(form.names == ["title", "words", "kind", "size", "agreed", "fixed"])
        #expect(form.options("kind") == ["", "a", "b"] && form.options("size") == ["s", "l"])
        #expect(form.buttons == ["Lưu"] && form.action == "/notes/1")
    }

    @Test("A form is filled in as a person can, and not otherwise")
    func filling() throws {
        let form = try shown(form).form("/1")
        let filled = try form.filled(["title": "a&b=c é", "kind": "b", "agreed": "x", "size": "s"])
        let body = String(decoding: filled.body().bytes, as: UTF8.self)
        #expect(
            body == "agreed=on&csrf=x%22y&fixed=1&kind=b&size=s&title=a%26b%3Dc%20%C3%A9&words=hai%0Ad%C3%B2ng")
        #expect(try filled.filled(["agreed": ""]).values["agreed"] == nil)
        for (field, value) in [("absent", "1"), ("kind", "c"), ("csrf", "1"), ("fixed", "2"), ("size", "m")] {
            #expect(throws: FormUnusable.self, "\(field)") { try form.filled([field: value]) }
        }
        #expect(form.forged(["csrf": "z", "title": nil]).values["csrf"] == "z")
    }

    @Test("A form with a file is sent in parts")
    func file() throws {
        let page = shown(
            #"<form action="/f" enctype="multipart/form-data"><input type="file" name="scan"><input name="a" value="1"></form>"#
        )
        let form = try page.form("/f").attaching("scan", file: "a.pdf", [1, 2])
        let (type, bytes) = form.body()
        #expect(type == "multipart/form-data; boundary=----kieumau-test-boundary")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("name=\"a\"\r\n\r\n1\r\n") && text.contains("filename=\"a.pdf\""))
        #expect(text.hasSuffix("\u{1}\u{2}\r\n------kieumau-test-boundary--\r\n"))
    }

    @Test("What a reader reads, and what stands beside a field")
    func text() {
        let page = shown(
            """
            <p>Một\n hai</p><a href="/x?a=1&amp;b=2">ba</a><script>no()</script>
            <div class="about" id="title-about"><p class="small">h</p><p class="wrong"><span>Lỗi: </span>Chưa ghi.</p></div>
            """)
        #expect(page.says("Sổ & sách Một hai ba") && !page.says("no()"))
        #expect(page.links == ["/x?a=1&b=2"] && page.first("h1") == "Sổ & sách")
        #expect(page.error(beside: "title") == "Lỗi: Chưa ghi." && page.error(beside: "words") == nil)
    }

    @Test("A page without faults has none")
    func faultless() {
        let page = shown("<p id=\"a\">x<br><svg><path d=\"M0\"/></svg></p><a href=\"#a\">y</a>" + form)
        #expect(PageFaults.of(page.body) == [])
    }

    @Test(
        "A fault of a page is found",
        arguments: [
            ("<p><b>x</p></b>", "</p> closes b"), ("<section>", "</main> closes section"),
            ("<p id=\"a\"></p><p id=\"a\"></p>", "two elements have the id a"),
            ("<label for=\"b\">x</label>", "a label points to b"), ("<a href=\"#c\">x</a>", "a link points to c"),
            ("<p aria-describedby=\"d e\" id=\"d\">x</p>", "aria-describedby points to e"), ("<h1>x</h1>", "2 h1"),
            ("<p>{{name}}</p>", "a tag was left"), ("<p title=\"{{t.x}}\">x</p>", "a tag was left"),
            ("<p>people.account.title</p>", "words are missing"),
        ])
    func found(body: String, fault: String) {
        let faults = PageFaults.of(shown(body).body)
        #expect(faults.contains { $0.hasPrefix(fault) }, "\(faults)")
    }
}
