import Core
import Database
import TestKit
import Testing
@testable import People

@Suite("People: the PIN of one's own telephone", .databases) struct PeoplePINTests {
    private let fields = ["pin": "739512", "again": "739512", "current": PeopleTown.password]

    private func enrolled(_ door: PeopleDoorway) async throws -> PeopleBrowser {
        let browser = door.browser()
        _ = try await browser.signIn("yathuong", own: true)
        #expect(try await browser.send("/account/pin", from: "/account/pin", fields).location == "/account")
        return browser
    }

    private func pin(_ browser: PeopleBrowser, _ pin: String) async throws -> PeopleBrowser.Answer {
        try await browser.send("/sign-in/pin", from: "/sign-in", ["pin": pin])
    }

    @Test(arguments: TestEngine.all)
    func sixDigitsOpenTheBookOnTheTelephoneItWasSetOn(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .frontWorkCommitteeHead, at: town.area)
        try await town.visit { door async throws in
            let phone = try await enrolled(door)
            _ = try await phone.send("/sign-out", from: "/account")
            #expect(try await phone.get("/account").status == 303)
            #expect(try await phone.get("/sign-in").text.contains("Xin chào Ya Thương"))
            let answer = try await pin(phone, "739512")
            #expect(answer.location == "/")
            #expect(answer.cookies.contains { $0.hasPrefix("kieumau=") && $0.contains("Max-Age=2592000") })
            #expect(try await phone.get("/account").status == 200)
            // Another browser learns nothing: no name, and the digits open nothing.
            let other = door.browser()
            #expect(!(try await other.get("/sign-in").text).contains("Ya Thương"))
            #expect(try await pin(other, "739512").status == 422)
            #expect(try await other.get("/account").status == 303)
        }
        let kept = try await town.database.read { try $0.one("SELECT pin_hash FROM device_pin").text("pin_hash") }
        #expect(kept.hasPrefix("scrypt$"))
    }

    @Test(arguments: TestEngine.all)
    func fiveWrongTriesForgetTheTelephone(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            let phone = try await enrolled(door)
            _ = try await phone.send("/sign-out", from: "/account")
            for left in [4, 3, 2, 1] {
                let answer = try await pin(phone, "000000")
                #expect(answer.status == 422)
                #expect(answer.text.contains("Còn \(left) lần"))
            }
            #expect(try await pin(phone, "000000").status == 422)
            #expect(try await pin(phone, "739512").status == 422, "the right one comes too late")
            #expect(!(try await phone.get("/sign-in").text).contains("Xin chào Ya Thương"))
            #expect(try await phone.signIn("yathuong", own: true).location == "/", "the password still opens")
        }
    }

    @Test(arguments: TestEngine.all)
    func aRightTryInBetweenBeginsTheCountAnew(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            let phone = try await enrolled(door)
            for _ in 1...2 {
                _ = try await phone.send("/sign-out", from: "/account")
                for _ in 1...4 { _ = try await pin(phone, "000000") }
                #expect(try await pin(phone, "739512").location == "/")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func onlyOnOnesOwnDeviceOnlyForHeadsAndWithThePassword(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.add("Nguyễn Thị Mai Loan", .cultureOfficer, at: town.commune)
        try await town.visit { door async throws in
            let shared = door.browser()
            _ = try await shared.signIn("yathuong")
            #expect(try await shared.get("/account/pin").text.contains("Chỉ đặt được trên máy riêng"))
            #expect(try await shared.send("/account/pin", from: "/account/pin", fields).status == 403)
            let officer = door.browser()
            _ = try await officer.signIn("nguyenthimailoan", own: true)
            #expect(try await officer.send("/account/pin", from: "/account/pin", fields).status == 403)
            let own = door.browser()
            _ = try await own.signIn("yathuong", own: true)
            for wrong in [
                ["pin": "111111", "again": "111111"], ["again": "739513"], ["current": "sai mật khẩu"],
            ] {
                let typed = fields.merging(wrong) { $1 }
                #expect(try await own.send("/account/pin", from: "/account/pin", typed).status == 422, "\(wrong)")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func aLostTelephoneLosesItsPIN(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        try await town.visit { door async throws in
            // By its owner, from another device.
            let phone = try await enrolled(door)
            let desk = door.browser()
            _ = try await desk.signIn("yathuong")
            let account = try await desk.get("/account").text
            let link = String(
                try #require(account.firstMatch(of: /action="(\/account\/sessions\/[0-9a-f-]+\/sign-out)"/)).output.1)
            #expect(try await desk.send(link, from: "/account").location == "/account")
            #expect(try await phone.get("/account").status == 303)
            #expect(try await pin(phone, "739512").status == 422)
            // By the commune's officer, everywhere.
            let second = try await enrolled(door)
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let page = "/people/\(me)"
            #expect(try await officer.send("\(page)/sign-out", from: page).location == page)
            #expect(try await second.get("/account").status == 303)
            #expect(try await desk.get("/account").status == 303)
            #expect(try await pin(second, "739512").status == 422)
            #expect(try await second.signIn("yathuong").location == "/", "the account itself goes on")
        }
    }

    @Test(arguments: TestEngine.all)
    func manySessionsFold(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            for _ in 1...6 { _ = try await door.browser().signIn("yathuong") }
            let last = door.browser()
            _ = try await last.signIn("yathuong")
            let page = try await last.get("/account").text
            #expect(page.contains("2 máy khác nữa"))
            let fold = try #require(page.range(of: "2 máy khác nữa"))
            #expect(page[..<fold.lowerBound].contains("(máy đang dùng)"))
        }
    }
}
