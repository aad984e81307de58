import Core
import Database
import HTTPTypes
import People
import TestKit
import Testing

@testable import Recognition

/// What residents send on a posting, and what the store refuses.
@Suite("Posting, comments and ballot in the database", .databases) struct RecognitionPostingTests {
    private func posted(_ engine: TestEngine, on day: String = "2026-09-21") async throws -> (TestSite, ID) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: day))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                try Walk.posted(set, tx)
            })
        return (site, id)
    }

    private func send(_ browser: Browser, _ id: ID, _ text: String, from address: String) async throws -> Int {
        let key = ID(
            high: UInt64.random(in: 0...UInt64.max) & ~0xF000 | 0x4000, low: 1 << 63 | UInt64.random(in: 0..<1 << 60))
        var headers: HTTPFields = [.contentType: "application/json", .origin: "http://localhost"]
        headers[try #require(HTTPField.Name("X-Forwarded-For"))] = address
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "same-origin"
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "\(key)"
        return try await browser.request(
            .post, "/api/v1/posted/\(id)/comments", headers: headers,
            body: Array(#"{"accuses": "no", "text": "\#(text)"}"#.utf8)
        ).status
    }

    @Test(arguments: TestEngine.all) func fiveHundredFromOneAddressDoNotStopANeighbour(on engine: TestEngine)
        async throws
    {
        let (site, id) = try await posted(engine)
        let junk = site.visitor()
        var answers: [Int: Int] = [:]
        for number in 1...500 {
            answers[try await send(junk, id, "rác \(number)", from: "203.0.113.7"), default: 0] += 1
        }
        let most = Recognition.CommentLimit.most
        #expect(answers == [200: most, 429: 500 - most])
        #expect(try await send(site.visitor(), id, "Đèn đoạn cầu hỏng.", from: "203.0.113.8") == 200)
        // An hour later the same address may speak again.
        site.clock.advance(by: .hours(2))
        #expect(try await send(junk, id, "Xin lỗi.", from: "203.0.113.7") == 200)
        try await site.database.read { reader throws in
            let rows = try reader.rows("SELECT bucket FROM posting_attempt")
            #expect(try rows.allSatisfy { try !$0.text("bucket").contains("203") })
            let count = try reader.one("SELECT count(*) AS n FROM posting_comment").integer("n")
            #expect(count == Recognition.CommentLimit.most + 2)
        }
    }

    @Test(arguments: TestEngine.all) func theSameWordsSentTwiceAreOneComment(on engine: TestEngine) async throws {
        let (site, id) = try await posted(engine)
        let browser = site.visitor()
        #expect(try await send(browser, id, "Đèn hỏng.", from: "203.0.113.9") == 200)
        #expect(try await send(browser, id, "Đèn hỏng.", from: "203.0.113.9") == 200)
        let count = try await site.database.read {
            try $0.one("SELECT count(*) AS n FROM posting_comment").integer("n")
        }
        #expect(count == 1)
        site.clock.move(to: try #require(Day(iso: "2026-09-30")))
        #expect(try await send(browser, id, "Muộn.", from: "203.0.113.9") == 409)
        #expect(try await site.visitor().open("/posted/\(id)").says("Đã hết thời gian niêm yết"))
    }

    @Test(arguments: TestEngine.all) func whatAccusesANamedPersonIsSealed(on engine: TestEngine) async throws {
        let (site, id) = try await posted(engine)
        #expect(try await send(site.visitor(), id, "Ông X lấy tiền quỹ.", from: "203.0.113.9") == 200)
        let kaHuong = try await site.signIn(.kaHuong)
        let list = try await kaHuong.open("/dossiers/\(id)/posting")
        let link = try #require(list.links.first { $0.contains("/comments/") })
        let form = try await kaHuong.open(link).form("/moderation")
        let silent = try await kaHuong.send(form.filled(["outcome": "aside"])).expectStatus(422)
        #expect(silent.error(beside: "reason") != nil)
        let sealed = try await kaHuong.send(
            form.filled(["outcome": "seal", "reason": "Ban Tiếp công dân xã"])
        ).expectStatus(200)
        #expect(!sealed.says("Ông X"))
        #expect(try await !kaHuong.open(link).says("Ông X"))
        #expect(try await kaHuong.open(link).forms.allSatisfy { !$0.action.hasSuffix("/moderation") })
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.request(.get, link).status == 404)
        #expect(try await !site.visitor().open("/posted/\(id)").says("Ông X"))
    }

    /// Whoever filled in the dossier and holds an office of the commune too: the comments on it are somebody else's.
    @Test(arguments: TestEngine.all) func whoFilledTheDossierInDoesNotReadCommentsFirst(
        on engine: TestEngine
    ) async throws {
        let (site, id) = try await posted(engine)
        try await site.database.unattended(.seed) { tx in
            for member in [Member.yaThuong, .dinhCongSau] {
                try PeopleStore.addRole(
                    tx.ids.next(), person: member.id, role: .communeFrontChair,
                    organisation: Body.frontOfDonDuong.id, territory: Place.donDuong.id, from: tx.now.day, until: nil,
                    tx)
            }
            try RecognitionStore.comment("Đèn hỏng.", contact: "0900", on: id, at: tx.now, tx)
            return Receipt()
        }
        let chair = try await site.signIn(.kaHuong).open("/dossiers/\(id)/posting")
        #expect(chair.says("Đèn hỏng."), "the commune reads it")
        let link = try #require(chair.links.first { $0.contains("/comments/") })
        // The one entered the values, the other holds an office in the area.
        for member in [Member.yaThuong, .dinhCongSau] {
            let browser = try await site.signIn(member)
            #expect(try await !browser.open("/dossiers/\(id)/posting").says("Đèn hỏng."))
            #expect(try await browser.request(.get, link).status == 403)
            #expect(try await !browser.open("/").links.contains("/dossiers/\(id)/posting"))
        }
        let passed = Recognition.Hands([.checked]).refusalToModerate(isOfArea: false)
        #expect(passed == nil)
        #expect(Recognition.Hands([.submitted]).refusalToModerate(isOfArea: false) != nil)
    }

    @Test(arguments: TestEngine.all) func nobodyReadsAPostingBeforeItsDayOrAfterAWithdrawal(on engine: TestEngine)
        async throws
    {
        let (site, id) = try await posted(engine, on: "2026-09-19")
        let visitor = site.visitor()
        #expect(try await visitor.request(.get, "/posted/\(id)").status == 404)
        site.clock.move(to: try #require(Day(iso: "2026-09-20")))
        #expect(try await visitor.request(.get, "/posted/\(id)").status == 200)
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.move(
                Walk.now(id, tx), .withdraw, to: .withdrawn, Walk.deed(.yaThuong, "2026-09-20"), reason: "x", tx)
            return Receipt()
        }
        #expect(try await visitor.request(.get, "/posted/\(id)").status == 404)
    }

    @Test(arguments: TestEngine.all) func aSittingWrittenDownWronglyIsReplacedAndARoundBeginsAnew(
        on engine: TestEngine
    ) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let id = try Scene.register(set, tx)
            try Walk.fill(id, tx)
            try Walk.handIn(id, tx)
            let wrong = try Walk.hold(id, present: 185, votes: ["I.1": 90], tx)
            #expect(try RecognitionStore.review(of: id, tx).votedDown == ["I.1"])
            try Walk.hold(id, present: 158, correcting: wrong.id, tx)
            let review = try RecognitionStore.review(of: id, tx)
            #expect(review.sittings.map(\.present) == [158] && review.votedDown.isEmpty)
            #expect(review.deciding?.votes["I.1"] == 158)
            #expect(throws: Refusal.self) { try Walk.hold(id, correcting: wrong.id, tx) }
            try RecognitionStore.move(
                Walk.now(id, tx), .withdraw, to: .withdrawn, Walk.deed(.yaThuong, "2026-09-19"), reason: "x", tx)
            _ = try Scene.register(set, tx)
            try Walk.handIn(id, tx)
            #expect(try RecognitionStore.review(of: id, tx).sittings.isEmpty)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func aFurtherSittingVotesOnWhatWasVotedDown(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let id = try Scene.register(set, tx)
            try Walk.fill(id, tx)
            try Walk.handIn(id, tx)
            #expect(throws: Refusal.self) { try Walk.hold(id, isRest: true, tx) }
            try Walk.hold(id, present: 158, list: 150, votes: ["I.1": 60, "III.2": 70], on: "2026-09-16", tx)
            try RecognitionStore.workOn(
                ["I.1": "Đã mở thêm."], of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-09-17"), tx)
            let rest = try Walk.hold(id, present: 120, list: 110, votes: ["III.2": 50], isRest: true, tx)
            #expect(rest.votes == ["I.1": 110, "III.2": 50] && rest.disputed == ["III.2"])
            let review = try RecognitionStore.review(of: id, tx)
            // What was carried at last needs no word; what was voted down again owes a new one.
            #expect(review.votedDown == ["III.2"] && review.open == ["III.2"] && review.words.isEmpty)
            #expect(review.deciding?.present == 158 && review.votes(on: "III.3") == 150)
            #expect(try RecognitionStore.usualMeeting(of: Place.thongXanh.id, tx)?.venue == "Nhà văn hóa thôn")
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func theWholeWayLeavesItsHands(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let id = try Scene.register(set, tx)
            try Walk.toSubmitted(id, tx)
            #expect(try Walk.now(id, tx).state == .submitted)
            func hands(_ member: Member) throws -> Set<Recognition.Hand> {
                try RecognitionStore.hands(of: member.id, on: id, tx).did
            }
            #expect(try hands(.yaThuong) == [.filled, .submitted])
            #expect(try hands(.dinhCongSau) == [.counted])
            #expect(try hands(.kDoan) == [.counted])
            #expect(try hands(.kaHuong) == [])
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func dutiesNameWhatWaits(on engine: TestEngine) async throws {
        let (site, id) = try await posted(engine, on: "2026-09-29")
        func tasks(_ member: Member) async throws -> [String] {
            let today = site.clock.today
            return try await site.database.read { reader in
                try RecognitionDuties.waiting(for: Scene.actor(member), on: today, reader).compactMap { duty in
                    if case .task(let task, _, let count) = duty.subject { return "\(task.rawValue) \(count)" }
                    return nil
                }
            }
        }
        #expect(try await tasks(.dinhCongSau) == [])
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.handOut(214, of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-09-20"), tx)
            try RecognitionStore.comment("Đèn hỏng.", contact: nil, on: id, at: tx.now, tx)
            return Receipt()
        }
        // Slips are out and may all be back: their last day is not over.
        #expect(try await tasks(.dinhCongSau) == [])
        #expect(try await tasks(.kDoan) == [])
        await #expect(throws: Refusal.self) {
            try await site.database.unattended(.seed) { tx in
                try RecognitionStore.enterCount(Walk.count, of: Walk.now(id, tx), Walk.deed(.kDoan, "2026-09-29"), tx)
                return Receipt()
            }
        }
        site.clock.move(to: try #require(Day(iso: "2026-09-30")))
        #expect(try await tasks(.dinhCongSau) == ["count 0"])
        #expect(try await tasks(.kDoan) == ["count 0"])
        #expect(try await tasks(.yaThuong) == [])
        #expect(try await tasks(.kaHuong) == ["moderate 1"])
        try await site.database.unattended(.seed) { tx in
            let dossier = try Walk.now(id, tx)
            let comment = try #require(try RecognitionStore.comments(on: dossier, tx).first)
            try RecognitionStore.moderate(
                comment, .pass(text: "Đèn hỏng."), Walk.deed(.kaHuong, "2026-09-30"), tx)
            try RecognitionStore.enterCount(Walk.count, of: dossier, Walk.deed(.kDoan, "2026-09-30"), tx)
            return Receipt()
        }
        #expect(try await tasks(.yaThuong) == ["answer 1"])
        #expect(try await tasks(.kDoan) == [])
        #expect(try await tasks(.kaHuong) == [])
        #expect(try await tasks(.dinhCongSau).sorted() == ["answer 1", "count 0"])
    }

    @Test(arguments: TestEngine.all) func anAreaThatHasNotRegisteredIsRemindedUntilTheEndOfMarch(
        on engine: TestEngine
    ) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        func reminded(_ iso: String) async throws -> Bool {
            let day = try #require(Day(iso: iso))
            return try await data.database.read { reader in
                try RecognitionDuties.waiting(for: Scene.actor(.yaThuong), on: day, reader).contains { duty in
                    if case .task(.register, _, _) = duty.subject { return duty.due == Day(iso: "2026-03-31") }
                    return false
                }
            }
        }
        #expect(try await reminded("2026-02-01"))
        #expect(try await reminded("2026-03-31"))
        #expect(try await !reminded("2026-04-01"))
        _ = try await data.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        #expect(try await !reminded("2026-03-15"))
    }
}
