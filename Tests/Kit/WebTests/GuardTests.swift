import Core
import Testing

@testable import Web

@Suite("Guards of a form, and what goes over the wire")
struct GuardTests {
    private let secret = Array(UInt8(1)...16)

    @Test("A token is masked anew each time and holds")
    func tokens() {
        let tokens = (0..<20).map { _ in CSRF.token(for: secret, .system) }
        #expect(Set(tokens).count == 20)
        for token in tokens {
            #expect(token.count == 64 && CSRF.holds(token, for: secret) && CSRF.holds(token.uppercased(), for: secret))
            #expect(!token.contains(Hex.text(secret)))
        }
    }

    @Test("A token altered in any one place does not hold, nor does any other text")
    func altered() {
        let token = CSRF.token(for: secret, .system)
        for place in token.indices {
            let other = token[place] == "0" ? "1" : "0"
            #expect(!CSRF.holds(token.replacingCharacters(in: place...place, with: other), for: secret))
        }
        for text in [
            "", "0", String(token.dropLast(2)), token + "00", String(token.dropLast()) + "x", Hex.text(secret),
        ] {
            #expect(!CSRF.holds(text, for: secret))
        }
        #expect(!CSRF.holds(token, for: secret.reversed()) && !CSRF.holds(token, for: []))
    }

    @Test("Hexadecimal there and back", arguments: [([], ""), ([0, 15, 16, 255], "000f10ff")] as [([UInt8], String)])
    func hexadecimal(bytes: [UInt8], text: String) {
        #expect(Hex.text(bytes) == text && Hex.bytes(text) == bytes && Hex.bytes(text.uppercased()) == bytes)
    }

    @Test("What is not hexadecimal", arguments: ["0", "0g", "à0", " 00", "+1"])
    func notHexadecimal(text: String) { #expect(Hex.bytes(text) == nil) }

    private func print(
        _ label: String = "POST /a", _ parameters: [String: String] = ["id": "1"],
        _ values: [String: String] = ["b": "c"],
        file: [UInt8]? = nil
    ) -> [UInt8] {
        let files = file.map { ["f": UploadedFile(name: "x.jpg", bytes: $0)] } ?? [:]
        return Fingerprint.of(label, parameters: parameters, RawInput(values: values, files: files))
    }

    @Test("The same act has the same fingerprint, with whatever token it is sent")
    func sameAct() {
        #expect(print() == print() && print().count == 32)
        #expect(print() == print("POST /a", ["id": "1"], ["b": "c", "csrf": "x", "operation": "y"]))
    }

    @Test("Another act has another fingerprint")
    func otherAct() {
        let others = [
            print("POST /b"), print("POST /a", ["id": "2"]), print("POST /a", ["id": "1"], ["b": "d"]),
            print("POST /a", ["id": "1"], ["bc": ""]), print("POST /a", ["id": "1"], ["": "bc"]),
            print("POST /a", ["id": "1"], [:]), print(file: [1]), print(file: [2]), print(file: []),
        ]
        #expect(Set(others + [print()]).count == others.count + 1)
    }

    @Test("A second press is the same operation; another text or another page is another one")
    func operations() throws {
        let page = try #require(ID(bytes: Array(repeating: 1, count: 16)))
        let next = try #require(ID(bytes: Array(repeating: 2, count: 16)))
        let first = Fingerprint.operation(page: page, print())
        #expect(first == Fingerprint.operation(page: page, print()) && first != page)
        #expect(first != Fingerprint.operation(page: page, print("POST /a", ["id": "1"], ["b": "d"])))
        #expect(first != Fingerprint.operation(page: next, print()))
    }

    @Test("A page is smaller by gzip, and says how long it was")
    func gzip() throws {
        let page = Array(String(repeating: "<p>Khu dân cư kiểu mẫu</p>\n", count: 500).utf8)
        for level: Int32 in [1, 5, 9] {
            let zipped = try #require(Gzip.compress(page, level: level))
            #expect(zipped.starts(with: [0x1F, 0x8B, 8]) && zipped.count < page.count / 10)
            // The frame ends with the length of what was put in, the smallest byte first (RFC 1952, 2.3.1).
            let length = zipped.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(length == page.count)
        }
    }

    @Test("What does not get smaller is not zipped")
    func gzipRefuses() {
        #expect(Gzip.compress([]) == nil && Gzip.compress([1, 2, 3]) == nil)
        #expect(Gzip.compress(SecretSource.system.bytes(4_096)) == nil)
        #expect(Gzip.compress([1], level: 99) == nil)
    }
}
