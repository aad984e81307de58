import Foundation
import TestKit
import Testing

/// The demonstration's links that sign in once, in the program itself: no restart makes one good again.
@Suite("Links of the demonstration and a restart") struct ProgramLinksTests {
    @Test func aLinkOfBeforeARestartOpensNothing() async throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try KieuMau.run(["seed", "country", "--scale", "34", "--dossiers", "0", "--data", data]).code == 0)
        let port = try FreePort.next()
        let serve = ["serve", "--data", data, "--port", "\(port)", "--log-level", "error"]
        func start() throws -> RunningProgram {
            let program = try RunningProgram(serve)
            try program.wait(for: "http://127.0.0.1:\(port)")
            return program
        }
        let visitor = Visitor(port: port)

        let first = try start()
        let list = try await visitor.get("/demonstration/people")
        let links = list.matches(of: /action="(\/demonstration\/enter\/[^"]+)"/).map { String($0.output.1) }
        let (used, unused) = try (#require(links.first), #require(links.last))
        #expect(used != unused)
        #expect(try await visitor.press(used, on: list).hasPrefix("HTTP/1.1 303"))
        #expect(try await visitor.press(used, on: list).hasPrefix("HTTP/1.1 404"), "once")
        first.kill()

        let second = try start()
        for link in [used, unused] {
            #expect(try await visitor.get(link).hasPrefix("HTTP/1.1 404"))
            let page = try await visitor.get("/demonstration/people")
            #expect(try await visitor.press(link, on: page).hasPrefix("HTTP/1.1 404"))
        }
        let fresh = try await visitor.get("/demonstration/people")
        let link = try #require(fresh.firstMatch(of: /action="(\/demonstration\/enter\/[^"]+)"/)).output.1
        #expect(try await visitor.press(String(link), on: fresh).hasPrefix("HTTP/1.1 303"), "a new one does")
        second.stop()
    }

    /// Somebody without an account who presses buttons of pages just looked at.
    private struct Visitor {
        let port: Int

        func get(_ path: String) async throws -> String {
            try await Wire.get(path, ["Host: 127.0.0.1"], port: port)
        }

        /// - Parameter page: the answer whose hidden fields and cookies go along.
        func press(_ action: String, on page: String) async throws -> String {
            let hidden = page.matches(of: /type="hidden" name="([a-z]+)" value="([^"]*)"/)
            let body = Set(["csrf", "operation"]).compactMap { name in
                hidden.first { $0.output.1 == name }.map { "\(name)=\($0.output.2)" }
            }.joined(separator: "&")
            let cookies = page.matches(of: /(?i)set-cookie: ([^;\r\n]+)/).map { String($0.output.1) }
            let head = """
                POST \(action) HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: \(cookies.joined(separator: "; "))\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\
                Connection: close\r\n\r\n
                """
            return try await Wire.exchange(Array((head + body).utf8), port: port)
        }
    }
}
