import Core
import Database
import Foundation
import TestKit
import Testing
import Web

/// The site answers to its own name only, and what leaves the screen begins with that name.
@Suite("The name that is asked for", .databases) struct HostTests {
    private static let address = SiteAddress("https://kieumau.example.vn") ?? .thisMachine()

    private func status(_ answer: String) -> Int? {
        answer.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
    }

    @Test func anotherNameIsTurnedAwayWithPlainWords() async throws {
        let site = try await TestSite(.sqlite, settings: SiteSettings(isSecure: true, address: Self.address))
        try await site.listening { port async throws in
            for name in ["kieumau.example.vn", "KIEUMAU.example.vn:443", "127.0.0.1:\(port)", "localhost"] {
                let answer = try await Wire.get("/portal", ["Host: \(name)"], port: port)
                #expect(status(answer) == 200, "\(name): \(answer.prefix(200))")
            }
            for name in ["evil.example", "kieumau.example.vn.evil.example", "10.0.0.9", "127.0.0.1.evil.example"] {
                for path in ["/portal", "/", "/sign-in", "/kieumau.css", "/api/v1/openapi.json", "/nowhere"] {
                    let answer = try await Wire.get(path, ["Host: \(name)"], port: port)
                    #expect(status(answer) == 421, "\(name)\(path): \(answer.prefix(200))")
                    #expect(answer.contains("Địa chỉ vừa dùng không phải của hệ thống này"))
                    #expect(answer.contains("https://kieumau.example.vn"), "it says where to go")
                    #expect(!answer.contains(name) || name.hasPrefix("kieumau"), "what was asked for is not repeated")
                    #expect(!answer.lowercased().contains("set-cookie"))
                }
            }
            let english = try await Wire.get(
                "/api/v1/portal", ["Host: evil.example", "Accept-Language: en"], port: port)
            #expect(status(english) == 421 && english.contains("application/problem+json"))
            #expect(english.contains("not this system's"))
            // Whoever watches over the service asks by number.
            #expect(status(try await Wire.get("/health", ["Host: 10.0.0.9"], port: port)) == 200)
            let nameless = try await Wire.exchange(Array("GET /portal HTTP/1.0\r\n\r\n".utf8), port: port)
            #expect(status(nameless) == 400, "\(nameless.prefix(200))")
        }
    }

    @Test func withoutAnAddressOnlyThisMachineIsAnswered() async throws {
        let site = try await TestSite(.sqlite)
        try await site.listening { port async throws in
            #expect(status(try await Wire.get("/portal", ["Host: 127.0.0.1:\(port)"], port: port)) == 200)
            #expect(status(try await Wire.get("/portal", ["Host: [::1]:\(port)"], port: port)) == 200)
            #expect(status(try await Wire.get("/portal", ["Host: kieumau.example.vn"], port: port)) == 421)
        }
    }

    /// A press that asks for another name has no effect, even with everything else right.
    @Test func aPressUnderAnotherNameDoesNothing() async throws {
        let site = try await TestSite(.sqlite)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("/account").form("/sign-out")
        let (type, bytes) = form.body()
        let cookie = "kieumau=\(yaThuong[cookie: "kieumau"] ?? "")"
        @Sendable func send(_ host: String, _ port: Int) async throws -> String {
            let head = """
                POST /sign-out HTTP/1.1\r\nHost: \(host)\r\nCookie: \(cookie)\r\nContent-Type: \(type)\r\n\
                Content-Length: \(bytes.count)\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\r\n
                """
            return try await Wire.exchange(Array(head.utf8) + bytes, port: port)
        }
        try await site.listening { port async throws in
            #expect(status(try await send("evil.example", port)) == 421)
            try await yaThuong.open("/account").expectStatus(200)
            #expect(status(try await send("localhost", port)) == 303)
            #expect(try await yaThuong.open("/account").path.hasPrefix("/sign-in"))
        }
    }
}
