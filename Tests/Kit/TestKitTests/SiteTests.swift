import Core
import TestKit
import Testing

/// The way of a story through the pages, at the product's own door.
@Suite("The product over HTTP", .databases)
struct SiteTests {
    @Test("Everybody of the cast can be signed in and sees their own page", arguments: TestEngine.all)
    func cast(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        for member in Member.allCases {
            let page = try await site.signIn(member).open("/account").expectStatus(200)
            #expect(page.says(member.name))
        }
    }

    @Test(
        "Someone without a session is led to the door, goes through it and comes to where they wanted",
        arguments: TestEngine.all)
    func door(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let someone = site.visitor()
        let door = try await someone.open("/account")
        #expect(door.through == ["/sign-in?next=%2Faccount"])
        let wrong = try await someone.send(door.form("/sign-in").filled(["name": "ya.thuong", "password": "đoán thử"]))
        wrong.expectStatus(422)
        #expect(wrong.error(beside: "password") != nil)
        let inside = try await someone.send(wrong.form("/sign-in").filled(["password": Member.password]))
        #expect(inside.expectStatus(200).path == "/account" && inside.says("Ya Thương"))
        let outside = try await someone.press("/sign-out", on: inside)
        #expect(!outside.says("Ya Thương"))
        #expect(try await someone.open("/account").path.hasPrefix("/sign-in"))
    }

    @Test("The same page is answered as JSON; a stranger gets a problem in words", arguments: TestEngine.all)
    func json(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.json("/account").expectStatus(200).jsonObject["devices"] != nil)
        let stranger = try await site.visitor().json("/account")
        stranger.expectStatus(401)
        #expect(stranger.headers[.contentType] == "application/problem+json")
    }

    @Test("A form without its page's token, or from a foreign page, is refused", arguments: TestEngine.all)
    func forged(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/account")
        try await yaThuong.send(page.form("/sign-out").forged(["csrf": nil])).expectStatus(403)
        try await yaThuong.send(page.form("/sign-out").forged(["csrf": String(repeating: "0", count: 64)]))
            .expectStatus(403)
        let (type, body) = try page.form("/sign-out").body()
        let foreign = try await yaThuong.request(
            .post, "/sign-out", headers: [.contentType: type, .origin: "https://elsewhere.example"], body: body)
        foreign.expectStatus(403)
        try await yaThuong.open("/account").expectStatus(200)
    }
}
