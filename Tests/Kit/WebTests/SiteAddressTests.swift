import Testing

@testable import Web

@Suite("Where people reach the site, and by which names") struct SiteAddressTests {
    @Test(
        "An address as an operator writes it",
        arguments: [
            ("https://kieumau.example.vn", "https://kieumau.example.vn"),
            ("https://KieuMau.Example.VN/", "https://kieumau.example.vn"),
            ("https://kieumau.example.vn:443", "https://kieumau.example.vn"),
            ("http://10.1.2.3:8080", "http://10.1.2.3:8080"), ("http://kieumau:80/", "http://kieumau"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ])
    func read(text: String, spelled: String) throws {
        let address = try #require(SiteAddress(text))
        #expect(address.description == spelled)
        #expect(address.url("/areas/1") == spelled + "/areas/1")
        #expect(address.isSecure == text.lowercased().hasPrefix("https"))
    }

    @Test(
        "What is no address of a site",
        arguments: [
            "", "kieumau.example.vn", "kieumau.example.vn:8080", "ftp://kieumau.example.vn", "https://", "https:///",
            "https://kieumau.example.vn/portal", "https://kieumau.example.vn?a=1", "https://kieumau.example.vn#a",
            "https://someone@kieumau.example.vn", "https://kieumau.example.vn:0", "https://kieumau.example.vn:70000",
            "https://kieu mau.vn", "https://a%2Fb",
        ])
    func refused(text: String) { #expect(SiteAddress(text) == nil) }

    @Test("A request may ask for the site's own name, with any port, and for this machine")
    func asked() throws {
        let address = try #require(SiteAddress("https://kieumau.example.vn"))
        for name in [
            "kieumau.example.vn", "KIEUMAU.EXAMPLE.VN", "kieumau.example.vn:443", "kieumau.example.vn:8080",
            "kieumau.example.vn.", "127.0.0.1", "127.0.0.1:8080", "localhost:8080", "[::1]:8080", "[::1]",
        ] { #expect(address.isAskedFor(by: name), "\(name)") }
        for name in [
            "", "example.vn", "evil.example", "kieumau.example.vn.evil.example", "xkieumau.example.vn",
            "evil.example:443", "kieumau.example.vn@evil.example", "kieumau.example.vn:443@evil.example",
            "evil.example#kieumau.example.vn", "127.0.0.1.evil.example", "localhost.evil.example", "[::1].evil.example",
            "127.0.0.2", "10.1.2.3", "[::2]", "[::1", ":8080", "kieumau.example.vn:http",
        ] { #expect(!address.isAskedFor(by: name), "\(name)") }
    }

    @Test("Without an address only this machine is asked, and links lead to it")
    func unset() {
        let address = SiteAddress.thisMachine(port: 8080)
        #expect(address.url("/dossiers/1") == "http://127.0.0.1:8080/dossiers/1")
        #expect(address.isAskedFor(by: "localhost") && address.isAskedFor(by: "127.0.0.1:8080"))
        #expect(!address.isAskedFor(by: "kieumau.example.vn"))
    }
}
