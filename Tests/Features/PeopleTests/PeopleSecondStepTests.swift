import Core
import Database
import Foundation
import TestKit
import Testing
@testable import People

@Suite("People: the code from the telephone") struct PeopleTOTPTests {
    /// RFC 6238, appendix B, the rows for SHA-1.
    @Test(arguments: [
        (Int64(59), 94_287_082), (1_111_111_109, 7_081_804), (1_111_111_111, 14_050_471), (1_234_567_890, 89_005_924),
        (2_000_000_000, 69_279_037), (20_000_000_000, 65_353_130),
    ])
    func theExamplesOfTheRFC(_ seconds: Int64, _ code: Int) {
        let totp = PeopleTOTP(secret: Array("12345678901234567890".utf8))
        #expect(totp.code(step: seconds / 30, digits: 8) == code)
        #expect(totp.code(step: seconds / 30) == code % 1_000_000)
    }

    @Test func theSecretIsTypedInGroupsOfFour() {
        let totp = PeopleTOTP(secret: Array("12345678901234567890".utf8))
        #expect(totp.text == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
        #expect(
            totp.address(issuer: "Kieu Mau", account: "yathuong")
                == "otpauth://totp/Kieu%20Mau:yathuong?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kieu%20Mau"
                + "&algorithm=SHA1&digits=6&period=30")
    }

    @Test func aCodeCountsAStepBeforeAndAfterAndOnce() {
        let totp = PeopleTOTP(secret: Array("12345678901234567890".utf8))
        let now = Instant(milliseconds: 1_234_567_890_000)
        let here = PeopleTOTP.step(at: now)
        for step in here - 1...here + 1 {
            #expect(totp.step(of: totp.code(step: step), at: now, after: 0) == step)
        }
        for step in [here - 2, here + 2] { #expect(totp.step(of: totp.code(step: step), at: now, after: 0) == nil) }
        #expect(totp.step(of: totp.code(step: here), at: now, after: here) == nil, "used")
        #expect(totp.step(of: totp.code(step: here - 1), at: now, after: here) == nil, "older than the used one")
        #expect(totp.step(of: totp.code(step: here + 1), at: now, after: here) == here + 1)
    }

    @Test func whatCanBeTyped() {
        #expect(PeopleSecondStep.Typed("012 345") == .telephone(12_345))
        #expect(PeopleSecondStep.Typed("K7P4M-2XQ9H") != nil)
        for wrong in ["12345", "1234567", "một hai", "12345a", ""] { #expect(PeopleSecondStep.Typed(wrong) == nil) }
    }

    @Test func whoMustHaveIt() {
        for role in Role.allCases {
            let must = role == .administrator || role == .steeringOffice
            #expect(PeopleSecondStep.isRequired([.member, role], inDemonstration: false) == must, "\(role)")
            #expect(!PeopleSecondStep.isRequired([role], inDemonstration: true))
        }
    }

    @Test(
        arguments: [
            ("190564", nil), ("73951", "form"), ("7395124", "form"), ("73951a", "form"), ("111111", "easy"),
            ("123456", "easy"), ("987654", "easy"), ("121212", "easy"), ("123123", "easy"), ("201168", "easy"),
            ("681120", "easy"), ("739512", nil),
        ] as [(String, String?)])
    func whichPINsWillDo(_ pin: String, _ fault: String?) {
        // 190564 is no day of 1964 written with the month second: 19-05-64 is one.
        let wanted = pin == "190564" ? "people.pin.easy" : fault.map { "people.pin.\($0)" }
        #expect(PeoplePIN.fault(pin) == wanted, "\(pin)")
    }

    @Test func forWhomAPINIs() {
        #expect(PeoplePIN.isFor([.areaHead]))
        #expect(PeoplePIN.isFor([.frontWorkCommitteeHead, .cellSecretary]))
        #expect(!PeoplePIN.isFor([.cellSecretary]))
        #expect(!PeoplePIN.isFor([.areaHead, .administrator]))
    }
}

@Suite("People: the second step at the door", .databases) struct PeopleSecondStepTests {
    private func code(_ town: PeopleTown, _ secret: [UInt8], after steps: Int64 = 0) -> String {
        let number = PeopleTOTP(secret: secret).code(step: PeopleTOTP.step(at: town.clock.now) + steps)
        return String(format: "%06d", number)
    }

    private func secret(of person: ID, _ town: PeopleTown) async throws -> [UInt8] {
        let sealed = try await town.database.read {
            try $0.one("SELECT secret FROM totp WHERE person_id = \(person)").bytes("secret")
        }
        return try #require(TestSite.seal.opened(sealed, of: person))
    }

    @Test(arguments: TestEngine.all)
    func anAdministratorSetsItUpBeforeAnythingElse(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Ngô Tấn Phát", .administrator, at: town.province, secondStep: false)
        try await town.visit { door async throws in
            let admin = door.browser()
            #expect(try await admin.signIn("ngotanphat").location == "/")
            for page in ["/people", "/account", "/people/new", "/account/pin"] {
                #expect(try await admin.get(page).location == "/account/second-step", "\(page)")
            }
            let page = "/account/second-step"
            #expect(try await admin.send("/people/\(me)/slip", from: page).status == 403)
            #expect(try await admin.get(page).text.contains("Bắt đầu cài"))
            #expect(try await admin.send(page + "/beginning", from: page).location == page)
            let secret = try await secret(of: me, town)
            let shown = try await admin.get(page).text
            #expect(shown.contains(PeopleTOTP(secret: secret).text))
            #expect(shown.contains("otpauth://totp/"))
            #expect(shown.contains("<svg width=\"228\""), "a square to scan")
            // Begun is not done.
            #expect(try await admin.get("/people").status == 303)
            var fields = ["code": "000000", "current": PeopleTown.password]
            if fields["code"] == code(town, secret) { fields["code"] = "000001" }
            #expect(try await admin.send(page + "/confirmation", from: page, fields).status == 422)
            fields["code"] = code(town, secret)
            fields["current"] = "sai mật khẩu"
            #expect(try await admin.send(page + "/confirmation", from: page, fields).status == 422)
            fields["current"] = PeopleTown.password
            let sheet = try await admin.send(page + "/confirmation", from: page, fields)
            #expect(sheet.status == 200)
            #expect(sheet.text.matches(of: /<li><strong>[0-9A-Z]{5}-[0-9A-Z]{5}<\/strong>/).count == 10)
            #expect(try await admin.get("/people").status == 200)
            #expect(!(try await admin.get(page).text).contains(PeopleTOTP(secret: secret).text), "never shown again")
            // It cannot be switched off by who must have it.
            let off = page + "/removal"
            #expect(try await admin.send(off, from: off, ["current": PeopleTown.password]).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func aDemonstrationDoesNotAsk(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ngô Tấn Phát", .administrator, at: town.province, secondStep: false)
        try await town.database.unattended(.seed) { tx in
            try tx.execute("INSERT INTO installation (name, value) VALUES ('demonstration', 'yes')")
            return Receipt()
        }
        try await town.visit { door async throws in
            let admin = door.browser()
            _ = try await admin.signIn("ngotanphat")
            #expect(try await admin.get("/people").status == 200)
        }
    }

    @Test(arguments: TestEngine.all)
    func thePasswordAloneOpensNothing(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Phan Minh Châu", .steeringOffice, at: town.province)
        try await town.visit { door async throws in
            let browser = door.browser()
            #expect(try await browser.signIn("phanminhchau", passingStep: false).location == "/sign-in/code")
            #expect(try await browser.get("/account").location == "/sign-in?next=%2Faccount")
            #expect(try await browser.giveCode("chữ").status == 422)
            let right = code(town, PeopleTown.secret)
            let wrong = right == "123456" ? "654321" : "123456"
            #expect(try await browser.giveCode(wrong).status == 422)
            #expect(try await browser.giveCode(right).location == "/")
            #expect(try await browser.get("/account").status == 200)
            // The same code does not open a second browser.
            let other = door.browser()
            _ = try await other.signIn("phanminhchau", passingStep: false)
            #expect(try await other.giveCode(right).status == 422)
            // After six wrong ones everybody who knows the password waits, and the account is not locked.
            for _ in 1...5 { _ = try await other.giveCode(wrong) }
            #expect(try await other.giveCode(code(town, PeopleTown.secret, after: 1)).status == 429)
            town.clock.advance(by: .minutes(20))
            #expect(try await other.signIn("phanminhchau").location == "/")
        }
        let begun = try await town.database.read { reader in
            try reader.one("SELECT count(*) AS n FROM session WHERE person_id = \(me)").integer("n")
        }
        #expect(begun == 2)
    }

    @Test(arguments: TestEngine.all)
    func thePauseEndsWithTimeAndWithANewPassword(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Phan Minh Châu", .steeringOffice, at: town.province)
        try await town.visit { door async throws in
            let slow = door.browser()
            _ = try await slow.signIn("phanminhchau", passingStep: false)
            // The page was opened in time, and the code sent after the pause.
            let open = try await slow.get("/sign-in/code").text
            let csrf = try #require(open.firstMatch(of: /name="csrf" value="([^"]+)"/)).output.1
            let operation = try #require(open.firstMatch(of: /name="operation" value="([^"]+)"/)).output.1
            town.clock.advance(by: .minutes(11))
            let late = try await slow.post(
                "/sign-in/code",
                [
                    "csrf": String(csrf), "operation": String(operation),
                    "code": code(town, PeopleTown.secret),
                ])
            #expect(late.status == 422 && late.text.contains("Đăng nhập lại từ đầu"), "\(late.status)")
            #expect(try await slow.get("/sign-in/code").text.contains("Đăng nhập lại từ đầu"))
            _ = try await slow.signIn("phanminhchau", passingStep: false)
            try await town.database.unattended(.seed) { tx in
                try PeopleAccountStore.setPassword("scrypt$4$8$1$00$00", of: me, tx)
                return Receipt()
            }
            #expect(try await slow.giveCode().status == 422)
            #expect(try await slow.get("/account").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func theSheetOpensOnceForEachCode(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            // Offered to all: nobody is led there.
            #expect(try await browser.get("/account").status == 200)
            let page = "/account/second-step"
            _ = try await browser.send(page + "/beginning", from: page)
            let secret = try await secret(of: me, town)
            let sheet = try await browser.send(
                page + "/confirmation", from: page,
                ["code": code(town, secret), "current": PeopleTown.password])
            let codes = sheet.text.matches(of: /<strong>([0-9A-Z]{5}-[0-9A-Z]{5})<\/strong>/).map {
                String($0.output.1)
            }
            try #require(codes.count == 10)
            let kept = try await town.database.read { reader in
                try reader.rows("SELECT code_hash FROM recovery_code").map { try $0.bytes("code_hash") }
            }
            #expect(kept.count == 10 && Set(kept).count == 10)
            let lost = door.browser()
            _ = try await lost.signIn("yathuong", passingStep: false)
            #expect(try await lost.giveCode(codes[3].lowercased()).location == "/")
            let again = door.browser()
            _ = try await again.signIn("yathuong", passingStep: false)
            #expect(try await again.giveCode(codes[3]).status == 422, "used")
            #expect(try await again.giveCode(codes[4]).location == "/")
            // A new sheet makes the old one worthless.
            let fields = ["current": PeopleTown.password]
            #expect(try await again.send(page + "/recovery-codes", from: page, fields).status == 200)
            let third = door.browser()
            _ = try await third.signIn("yathuong", passingStep: false)
            #expect(try await third.giveCode(codes[5]).status == 422)
            // Whoever need not have it can stop.
            let off = page + "/removal"
            #expect(try await again.send(off, from: off, ["current": "sai"]).status == 422)
            #expect(try await again.send(off, from: off, fields).location == "/account")
            #expect(try await door.browser().signIn("yathuong").location == "/")
        }
    }

    @Test(arguments: TestEngine.all)
    func aLostTelephoneIsTakenOutByWhoStandsAboveAndASlipIsNoWayRound(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ngô Tấn Phát", .administrator, at: town.province)
        let person = try await town.add("Phan Minh Châu", .steeringOffice, at: town.commune)
        try await town.visit { door async throws in
            let admin = door.browser()
            _ = try await admin.signIn("ngotanphat")
            let made = try await admin.send("/people/\(person)/slip", from: "/people/\(person)/slip")
            let slip = String(try #require(made.text.firstMatch(of: /<strong>([0-9A-Z]{5}-[0-9A-Z]{5})</)).output.1)
            let holder = door.browser()
            let fields = ["code": slip, "password": "năm từ khác hẳn nhau", "again": "năm từ khác hẳn nhau"]
            #expect(try await holder.send("/activation", from: "/activation", fields).location == "/sign-in/code")
            #expect(try await holder.get("/account").status == 303, "a slip does not stand for the telephone")
            let page = "/people/\(person)"
            #expect(try await admin.send("\(page)/second-step-reset", from: page).location == page)
            #expect(try await admin.send("\(page)/second-step-reset", from: page).status == 409)
            let anew = door.browser()
            #expect(try await anew.signIn("phanminhchau", "năm từ khác hẳn nhau").location == "/")
            #expect(try await anew.get("/account").location == "/account/second-step")
        }
        let act = try await town.database.read { reader in
            try reader.one("SELECT actor_id, subject_id FROM audit WHERE act = 'secondStep.reset'").id("subject_id")
        }
        #expect(act == person)
    }

    @Test(arguments: TestEngine.all)
    func aPasswordOfSomebodyElseIsChangedFirst(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.database.unattended(.seed) { tx in
            try tx.execute("UPDATE account SET must_change = \(true) WHERE person_id = \(me)")
            return Receipt()
        }
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            #expect(try await browser.get("/account").location == "/account/password")
            let page = "/account/password"
            #expect(try await browser.send("/account/sessions/sign-out", from: page).status == 403)
            let new = "sáu từ chẳng giống ai"
            let fields = ["current": PeopleTown.password, "password": new, "again": new]
            #expect(try await browser.send(page, from: page, fields).location == "/account")
            #expect(try await browser.get("/account").status == 200)
        }
    }
}
