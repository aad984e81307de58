import Core
import Foundation
import Testing

@testable import Database

/// What operations and audit records keep must be read again by any JSON reader, whatever was typed.
@Suite("JSON in one line") struct JSONLineTests {
    private static let typed = [
        "", "Thôn Thông Xanh", "\"quoted\" and \\ back", "line\nbreak\r\ttab", "\u{1}\u{1f}", "/slash/",
        "é\u{301}\u{1F600}",
    ]

    @Test(arguments: typed) func aReceiptIsReadAgainAsItWas(_ text: String) throws {
        for receipt in [
            Receipt(location: text, flash: text), Receipt(id: ID(high: 1, low: 2), version: -3), Receipt(),
        ] {
            #expect(try JSONDecoder().decode(Receipt.self, from: Data(receipt.line.utf8)) == receipt)
            let general = String(decoding: try JSONEncoder.steady.encode(receipt), as: UTF8.self)
            #expect(receipt.line == general, "the same bytes as a general encoder writes")
        }
    }

    @Test(arguments: typed) func aDetailIsReadAgainAsItWas(_ text: String) throws {
        struct Read: Decodable {
            let what: String
            let before: String?
            let after: String?
        }
        let line = Transaction.Detail(what: text, before: nil, after: text).line
        let read = try JSONDecoder().decode(Read.self, from: Data(line.utf8))
        #expect(read.what == text)
        #expect(read.before == nil)
        #expect(read.after == text)
    }
}
