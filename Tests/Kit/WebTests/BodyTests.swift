import Core
import Testing

@testable import Web

@Suite("What was sent is read into fields")
struct BodyTests {
    static let formType = "application/x-www-form-urlencoded"
    static let partsType = "multipart/form-data; boundary=cut"

    private func read(_ body: String, _ type: String?) throws -> RawInput {
        try Body.read(Array(body.utf8), contentType: type)
    }

    private func refusal(_ bytes: [UInt8], _ type: String?) -> Refusal? {
        do throws(Refusal) {
            _ = try Body.read(bytes, contentType: type)
            return nil
        } catch { return error }
    }

    @Test(
        "Forms",
        arguments: [
            ("a=1", ["a": "1"]), ("a=1&b=2", ["a": "1", "b": "2"]), ("a=", ["a": ""]), ("a", ["a": ""]),
            ("a=1&a=2", ["a": "2"]), ("&&a=1&", ["a": "1"]), ("a=b=c", ["a": "b=c"]),
            ("t%C3%AAn=Kh%c3%a1nh+H%C3%B2a", ["tên": "Khánh Hòa"]), ("a=1%2B1%26%3D", ["a": "1+1&="]),
            ("reason.III-2=x", ["reason.III-2": "x"]), ("a=%0D%0A", ["a": "\r\n"]),
        ] as [(String, [String: String])])
    func forms(body: String, values: [String: String]) throws {
        #expect(try read(body, BodyTests.formType).values == values)
        #expect(try read(body, "Application/X-WWW-Form-Urlencoded; charset=UTF-8").values == values)
    }

    @Test("Damaged forms", arguments: ["a=%", "a=%4", "a=%zz", "%=1", "a=%FF", "a=%C3", "a=1&b=%C3%28"])
    func damagedForms(body: String) {
        #expect(refusal(Array(body.utf8), BodyTests.formType)?.key == "web.refusal.bodyDamaged")
    }

    @Test("A form may have two thousand fields and not one more")
    func manyFields() throws {
        let fields = (1...2_000).map { "f\($0)=1" }.joined(separator: "&")
        #expect(try read(fields, BodyTests.formType).values.count == 2_000)
        #expect(refusal(Array((fields + "&last=1").utf8), BodyTests.formType)?.kind == .tooLarge)
    }

    @Test(
        "JSON is spelled as a form would be",
        arguments: [
            ("{}", [:]), (#"{"a":"x"}"#, ["a": "x"]), (#"{"a":1234}"#, ["a": "1234"]), (#"{"a":1}"#, ["a": "1"]),
            (#"{"a":0}"#, ["a": "0"]), (#"{"a":-1.5}"#, ["a": "-1,5"]), (#"{"a":12345.678}"#, ["a": "12345,678"]),
            (#"{"a":true,"b":false}"#, ["a": "true", "b": "false"]), (#"{"a":null}"#, [:]),
            (#"{"reason":{"III-2":"x","III-3":null,"IV-1":2}}"#, ["reason.III-2": "x", "reason.IV-1": "2"]),
            (#"{"a":"Kh\u00e1nh \"H\u00f2a\"\n"}"#, ["a": "Khánh \"Hòa\"\n"]),
        ] as [(String, [String: String])])
    func json(body: String, values: [String: String]) throws {
        #expect(try read(body, "application/json").values == values)
    }

    @Test(
        "Damaged JSON",
        arguments: [
            "{", "[]", "1", "null", #""a""#, #"{"a":[1]}"#, #"{"a":{"b":{"c":1}}}"#, #"{"a":{"b":[]}}"#, "{'a':1}",
            "a=1",
        ])
    func damagedJSON(body: String) {
        #expect(refusal(Array(body.utf8), "application/json")?.key == "web.refusal.bodyDamaged")
    }

    @Test("JSON that is not UTF-8, or too many fields of it")
    func hostileJSON() {
        #expect(refusal(Array(#"{"a":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8), "application/json") != nil)
        let many = (0...2_000).map { "\"f\($0)\":1" }.joined(separator: ",")
        #expect(refusal(Array("{\(many)}".utf8), "application/json")?.kind == .tooLarge)
    }

    @Test("An empty body has no fields, whatever it calls itself; other kinds are refused by name")
    func otherKinds() throws {
        #expect(try read("", nil).values.isEmpty && read("", "text/plain").values.isEmpty)
        for type in [nil, "", "text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary="]
        {
            #expect(refusal([65], type)?.kind == .unsupported)
        }
        let long = "multipart/form-data; boundary=" + String(repeating: "x", count: 201)
        #expect(refusal([65], long)?.kind == .unsupported)
    }

    /// More than a part may say of itself.
    static let tooLong = String(repeating: "x", count: 8_192)

    /// Line ends as they are sent.
    static let parts = """
        --cut
        Content-Disposition: form-data; name="tên"

        Khánh Hòa
        --cut
        Content-Disposition: form-data; name="trống"


        --cut
        content-disposition: form-data; name="ảnh"; filename="đường.jpg"
        Content-Type: image/jpeg

        one
        --cu
        two
        --cut--
        """.replacing("\n", with: "\r\n")

    @Test(
        "Forms with files",
        arguments: [partsType, "multipart/form-data; boundary=\"cut\"", partsType + "; charset=utf-8"])
    func multipart(type: String) throws {
        for body in [BodyTests.parts, BodyTests.parts + "\r\n", "preamble\r\n" + BodyTests.parts] {
            let input = try read(body, type)
            #expect(input.values == ["tên": "Khánh Hòa", "trống": ""])
            #expect(input.files.keys.sorted() == ["ảnh"] && input.files["ảnh"]?.name == "đường.jpg")
            #expect(input.files["ảnh"]?.bytes == Array("one\r\n--cu\r\ntwo".utf8))
        }
    }

    @Test("A field of files with none chosen is an empty file; any bytes may be in one")
    func files() throws {
        let head = "--cut\r\nContent-Disposition: form-data; name=\"f\"; filename="
        #expect(try read(head + "\"\"\r\n\r\n\r\n--cut--", BodyTests.partsType).files["f"]?.bytes == [])
        let bytes: [UInt8] = [0, 255, 254, 13, 10, 45, 45, 99, 13, 10]
        let body = Array((head + "\"x\"\r\n\r\n").utf8) + bytes + Array("\r\n--cut--".utf8)
        #expect(try Body.read(body, contentType: BodyTests.partsType).files["f"]?.bytes == bytes)
    }

    @Test("A form with files that is cut anywhere is refused and never traps")
    func cutParts() {
        let whole = Array(BodyTests.parts.utf8)
        #expect(refusal(whole, BodyTests.partsType) == nil)
        for length in 1..<whole.count {
            #expect(
                refusal(Array(whole.prefix(length)), BodyTests.partsType)?.key == "web.refusal.bodyDamaged", "\(length)"
            )
        }
    }

    @Test(
        "Damaged parts",
        arguments: [
            "--other\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--other--",
            "--cut\r\nContent-Type: text/plain\r\n\r\n1\r\n--cut--",
            "--cut\r\nContent-Disposition: form-data\r\n\r\n1\r\n--cut--",
            "--cut\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--cut--",
            "--cut\nContent-Disposition: form-data; name=\"a\"\n\n1\n--cut--",
            "--cut\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--cutter--",
            "--cut\r\nContent-Disposition: form-data; name=\"a\"\r\nX: \(tooLong)\r\n\r\n1\r\n--cut--",
        ])
    func damagedParts(body: String) {
        #expect(refusal(Array(body.utf8), BodyTests.partsType)?.key == "web.refusal.bodyDamaged")
    }

    @Test("A text part that is not UTF-8 is damaged")
    func foreignText() {
        let head = Array("--cut\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8)
        let body = { (byte: UInt8) in head + [byte] + Array("\r\n--cut--".utf8) }
        #expect(refusal(body(65), BodyTests.partsType) == nil)
        #expect(refusal(body(0xFF), BodyTests.partsType)?.key == "web.refusal.bodyDamaged")
    }
}
