import Core
import Testing

@testable import Web

/// A browser takes the first line of a list for chosen: a list that must be chosen from begins with an empty one.
@Suite("Choices") struct ChoiceTests {
    private func field(_ count: Int, optional: Bool = false, value: String? = nil, empty: Bool = false) throws
        -> WebField
    {
        var options = (1...count).map { WebOption(value: "\($0)", label: "\($0)") }
        if empty { options.insert(WebOption(value: "", label: "all"), at: 0) }
        return WebField(
            Field("kind", .choice((1...count).map { "\($0)" }), optional: optional), form: "web.test", value: value,
            error: nil, options: options, label: "Kind", hint: nil, unit: nil,
            Words(
                language: .vi, texts: ["web.field.choose": "— chọn —", "web.field.noChoice": "Không chọn"], source: [:])
        )
    }

    @Test func nothingIsChosenForSomebodySilently() throws {
        let open = try field(5)
        #expect(open.isChoice && open.choose == "— chọn —" && !open.options.contains(where: \.selected))
        #expect(try field(5, value: "9").choose == "— chọn —", "what is not offered any more is no choice")
        #expect(try field(5, value: "3").choose == nil, "a choice that stands")
        #expect(try field(5, optional: true).choose == "Không chọn")
        #expect(try field(5, empty: true).choose == nil, "the list has an empty line of its own")
        // Few choices stand open, with none taken.
        let few = try field(4)
        #expect(few.isRadio && few.choose == nil && !few.options.contains(where: \.selected))
    }
}
