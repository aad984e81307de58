import Testing

@testable import Web

@Suite("HTML drawn in code")
struct DrawnTests {
    @Test("Its markup goes into the page as it is, its texts escaped, and what stands beside it is escaped as ever")
    func escaped() throws {
        var drawn = Drawn()
        drawn.markup("<td title=\"")
        drawn.text("\"><script>alert('Hòa & Bình')</script>")
        drawn.markup("\">")
        drawn.text("Thôn 2")
        drawn.markup("</td>")
        #expect(
            try Pressing.draw("{{{drawn}}}|{{name}}", ["drawn": drawn, "name": "<i>"]) == """
                <td title="&quot;&gt;&lt;script&gt;alert(&#39;Hòa &amp; Bình&#39;)&lt;/script&gt;">Thôn 2</td>|&lt;i&gt;

                """)
    }

    @Test("Nothing drawn is nothing to a template")
    func empty() throws {
        let template = "{{#drawn}}there{{/drawn}}{{^drawn}}nothing{{/drawn}}"
        #expect(try Pressing.draw(template, ["drawn": Drawn()]) == "nothing\n")
    }
}
