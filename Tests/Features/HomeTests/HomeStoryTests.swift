import Core
import Database
import Goals
import Recognition
import TestKit
import Testing

@Suite("Home: what waits for each", .databases) struct HomeStoryTests {
    @Test(arguments: TestEngine.all) func aVisitorIsSentToThePortal(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let shown = try await site.visitor().open("/").expectStatus(200)
        #expect(shown.path == "/portal")
        try await site.visitor().json("/").expectStatus(401)
    }

    @Test(arguments: TestEngine.all) func anAreaHeadSeesTheLateDutyFirst(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        let home = try await site.signIn(.damThiNhung).open("/").expectStatus(200)
        #expect(home.says("Xin chào Đàm Thị Nhung, trưởng thôn"))
        #expect(home.says("1 việc, trong đó 1 việc quá hạn. Làm hết khoảng 13 phút."))
        #expect(home.says("Quá hạn 56 ngày") && home.says("Còn 2 ô chưa điền"))
        #expect(home.links.contains("/dossiers/\(begun.suoiMay)/assessment"), "one tap from being done")
        #expect(home.says("Thôn mình năm nay") && home.says("Đang tự đánh giá hồ sơ khu dân cư kiểu mẫu"))
        #expect(!home.says("Thông Xanh"), "another commune's area is not in sight")
    }

    @Test(arguments: TestEngine.all) func whatCameBackIsNamed(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        let before = try await site.signIn(.yaThuong).open("/")
        #expect(before.says("Không có việc nào đang chờ"), "it is with the commune")
        try await HomeScene.answer(begun, accepts: false, site.database)
        let home = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(home.says("Bổ sung 1 chỉ tiêu xã trả lại: III.3"))
        #expect(home.says("Xã trả lại hồ sơ khu dân cư kiểu mẫu của thôn Thông Xanh"), "news of what others did")
        #expect(!home.says("gửi hồ sơ khu dân cư kiểu mẫu hôm"), "one's own acts are no news")
        #expect(home.says("Tự chấm: 50 trên 100 điểm"))
    }

    @Test(arguments: TestEngine.all) func aCommuneSeesItsDutiesWhoIsLateAndTheTable(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        let good = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(good.says("Kiểm tra hồ sơ khu dân cư kiểu mẫu của thôn Thông Xanh"))
        #expect(good.links.contains("/dossiers/\(begun.thongXanh)/check"))
        #expect(good.says("2 khu dân cư") && good.says("1 khu dân cư đăng ký danh hiệu năm 2026."))
        #expect(good.says("Không có nơi nào chậm.") && !good.says("Suối Mây"))
        #expect(good.says("Tiêu chí và khu dân cư") && good.says("III. Môi trường"))
        let opened = try await site.signIn(.kaHuong).open("/?group=III").expectStatus(200)
        #expect(opened.says("III.3 Đường có đèn") && !opened.says("I.1 Mô hình kinh tế"))

        let late = try await site.signIn(.maiSuongDem).open("/").expectStatus(200)
        #expect(late.says("Thôn Suối Mây (minh họa)") && late.says("Quá hạn 56 ngày"))
        #expect(late.says("Lấy lời nhắc để gửi"))
        #expect(!late.says("Đàm Thị Nhung"), "lateness names bodies and areas, never persons (rule 11)")
        let rows = try await site.signIn(.maiSuongDem).open("/overview?late=yes").expectStatus(200)
        #expect(rows.says("Thôn Suối Mây") && !rows.says("Thông Xanh"))
        let none = try await site.signIn(.maiSuongDem).open("/overview?standing=passed").expectStatus(200)
        #expect(none.says("Không có hồ sơ nào"))
    }

    @Test(arguments: TestEngine.all) func theListAndTheAppraisalWaitForWhoMayDoThem(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        try await HomeScene.answer(begun, accepts: true, site.database)
        let commune = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(commune.says("Lập tờ trình: 1 khu dân cư xã đã kiểm tra xong"))
        let officer = try await site.signIn(.nguyenThiMaiLoan).open("/").expectStatus(200)
        #expect(!officer.says("Lập tờ trình"), "the officer checks, the chair sends the list")
        let before = try await site.signIn(.dangThiAnh).open("/").expectStatus(200)
        #expect(!before.says("Thẩm định hồ sơ"), "nothing was sent to the panel")

        try await HomeScene.appraise(begun, upTo: .forwarded, site.database)
        let sent = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(!sent.says("Lập tờ trình"))
        let area = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(area.says("Tổ thẩm định đang xem hồ sơ khu dân cư kiểu mẫu"))
    }

    @Test(arguments: TestEngine.all) func theLevelAboveSeesCommunes(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        try await HomeScene.answer(begun, accepts: true, site.database)
        let early = try await site.signIn(.doThiHanh).open("/").expectStatus(200)
        #expect(!early.says("Lập dự thảo quyết định"), "the commune's yes is not the panel's")
        try await HomeScene.appraise(begun, site.database)
        let front = try await site.signIn(.doThiHanh).open("/").expectStatus(200)
        #expect(front.says("Lập dự thảo quyết định: 1 khu dân cư đã thẩm định xong"))
        #expect(front.says("Xã Đồng Thông (minh họa)") && front.says("1 hồ sơ chưa gửi"))
        #expect(front.says("Kiểu mẫu") && front.says("trong 2 đạt"))
        let rows = try await site.signIn(.doThiHanh).open("/overview?under=\(Place.donDuong.id)").expectStatus(200)
        #expect(rows.says("Thôn Thông Xanh") && !rows.says("Suối Mây"))

        let leader = try await site.signIn(.nguyenHuuTam).open("/").expectStatus(200)
        #expect(leader.says("Cần quyết định hôm nay Hôm nay không có việc nào phải quyết định."))
        #expect(leader.says("Nơi cần đôn đốc") && leader.says("Quá hạn 56 ngày"))
        // Concluded on 10/11: whoever decides still has five working days, on the page as in the dossier.
        let due = try await site.database.read { try RecognitionStore.dossier(begun.thongXanh, unattended: $0).due }
        #expect(due == Day(iso: "2026-11-17"))
        let sentence = "2 khu dân cư đăng ký. Hạn ra quyết định: 17/11/2026 (lịch của quy chế: 10/11/2026;"
        #expect(leader.says(sentence))
        let json = try await site.signIn(.doThiHanh).json("/").expectStatus(200).jsonObject
        let duties = try #require(json["duties"] as? [[String: Any]])
        let province = try #require(json["province"] as? [String: Any])
        #expect(duties.contains { $0["act"] as? String == "propose" && $0["due"] as? String == "2026-11-17" })
        #expect(province["decisionDue"] as? String == "2026-11-17")
    }

    @Test(arguments: TestEngine.all) func whileNothingWaitsForADecisionTheCalendarSpeaks(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        try await HomeScene.begin(site.database)
        let leader = try await site.signIn(.nguyenHuuTam).open("/").expectStatus(200)
        #expect(leader.says("2 khu dân cư đăng ký. Hạn ra quyết định: 10/11/2026. Xem danh sách"))
    }

    @Test(arguments: TestEngine.all) func aRegistrationGivenBackIsCountedApart(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        try await HomeScene.giveBack(begun.suoiMay, site.database)
        let all = "under=\(Place.lamDong.id)"
        for member in [Member.nguyenHuuTam, .doThiHanh] {
            let home = try await site.signIn(member).open("/").expectStatus(200)
            #expect(home.says("1 khu dân cư đăng ký") && home.says("1 nơi nữa đã rút"), "\(member)")
            #expect(home.links.contains("/overview?standing=registered&\(all)"), "\(member)")
            #expect(home.links.contains("/overview?standing=withdrawn&\(all)"), "\(member)")
        }
        // The figure opens exactly its rows, and the targets count the same.
        let front = try await site.signIn(.doThiHanh)
        let rows = try await front.open("/overview?standing=registered&\(all)").expectStatus(200)
        #expect(rows.says("đang đăng ký, chưa rút") && rows.says("Thôn Thông Xanh") && !rows.says("Suối Mây"))
        let back = try await front.open("/overview?standing=withdrawn&\(all)").expectStatus(200)
        #expect(back.says("Thôn Suối Mây") && !back.says("Thông Xanh"))
        let province = try #require(try await front.json("/").jsonObject["province"] as? [String: Any])
        let communes = try #require(province["communes"] as? [[String: Any]])
        #expect(communes.compactMap { $0["registered"] as? Int }.reduce(0, +) == 1)
        #expect(communes.compactMap { $0["withdrawn"] as? Int }.reduce(0, +) == 1)
        let targets = try await site.database.read { reader in
            try GoalsStore.figures(
                of: [Place.lamDong.id], #require(Goals.Span(from: 2026, until: 2026)), on: TestClock.today, reader)
        }
        #expect(targets[Place.lamDong.id]?["model"]?.registered == 1)
        let commune = try await site.signIn(.maiSuongDem).open("/").expectStatus(200)
        #expect(commune.says("0 khu dân cư đăng ký danh hiệu năm 2026.") && commune.says("1 nơi nữa đã rút"))
    }

    @Test(arguments: TestEngine.all) func twoDossiersOfAnAreaAreOneArea(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        let second = try await HomeScene.registerWithCommune(begun, site.database)
        let all = "under=\(Place.lamDong.id)"
        let leader = try await site.signIn(.nguyenHuuTam).open("/").expectStatus(200)
        #expect(leader.says("2 khu dân cư đăng ký") && !leader.says("3 khu dân cư đăng ký"))
        let front = try await site.signIn(.doThiHanh)
        let province = try #require(try await front.json("/").jsonObject["province"] as? [String: Any])
        let communes = try #require(province["communes"] as? [[String: Any]])
        #expect(communes.compactMap { $0["registered"] as? Int }.reduce(0, +) == 2)
        let charts = try #require(province["charts"] as? [[String: Any]])
        #expect(charts.compactMap { ($0["units"] as? [Any])?.count } == [2])
        func rows(_ filter: String) async throws -> [String] {
            let page = try await front.json("/overview?\(filter)&\(all)").expectStatus(200).jsonObject
            return try #require(page["lines"] as? [[String: Any]]).compactMap { $0["dossier"] as? String }
        }
        #expect(try await rows("standing=registered").count == 2)
        #expect(try await rows("standing=underWay").count == 2)
        #expect(try await site.signIn(.kaHuong).open("/").says("1 khu dân cư đăng ký danh hiệu năm 2026."))
        let span = try #require(Goals.Span(from: 2026, until: 2026))
        try await site.database.read { reader in
            let figures = try GoalsStore.figures(of: [Place.lamDong.id], span, on: TestClock.today, reader)
            let filter = Goals.FigureFilter(
                .registered, under: Place.lamDong.id, title: "model", span: span, on: TestClock.today)
            let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])
            #expect(figures[Place.lamDong.id]?["model"]?.registered == 2)
            #expect(try GoalsStore.count(filter, seenBy: sight, reader) == 2)
        }
        // The area's head has both in reach.
        let head = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(head.links.contains("/dossiers/\(begun.thongXanh)") && head.links.contains("/dossiers/\(second)"))
        // One given back leaves the area registered by the other.
        try await HomeScene.giveBack(second, site.database)
        #expect(try await rows("standing=withdrawn").isEmpty)
        let left = try await rows("standing=registered")
        #expect(left.count == 2 && left.contains("\(begun.thongXanh)"))
        #expect(try await !front.open("/").says("nơi nữa đã rút"))
    }

    @Test(arguments: TestEngine.all, ["submitted", "appraised"])
    func whoIsLateIsSaid(on engine: TestEngine, _ state: String) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            try tx.execute(
                """
                INSERT INTO dossier_event (dossier_id, id, action, state_from, state_to, round, at)
                VALUES (\(begun.thongXanh), \(tx.ids.next()), 'overdue', \(state), \(state), 1, \(tx.now))
                """)
            return Receipt()
        }
        let late = state == "submitted" ? "Xã chậm" : "Cấp quyết định chậm"
        let home = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(home.says("\(late): hồ sơ khu dân cư kiểu mẫu năm 2026 của thôn Thông Xanh (minh họa) quá hạn"))
        #expect(!home.says("Thôn Thông Xanh (minh họa) chậm"))
    }

    @Test(arguments: TestEngine.all) func aDutyOfAnotherYearNamesIt(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let begun = try await HomeScene.begin(site.database)
        try await HomeScene.answer(begun, accepts: false, site.database)
        let now = try await site.signIn(.damThiNhung).open("/").expectStatus(200)
        #expect(now.says("Tự đánh giá khu dân cư kiểu mẫu của thôn Suối Mây (minh họa)") && !now.says("(năm 2026)"))
        site.clock.move(to: try #require(Day(iso: "2027-01-04")))
        let later = try await site.signIn(.damThiNhung).open("/").expectStatus(200)
        #expect(later.says("Tự đánh giá khu dân cư kiểu mẫu của thôn Suối Mây (minh họa) (năm 2026)"))
        #expect(later.says("Đăng ký danh hiệu năm nay cho thôn Suối Mây") && !later.says("(năm 2027)"))
        #expect(later.says("Đăng ký đến hết ngày 31/03/2027"))
        let mending = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(mending.says("Bổ sung 1 chỉ tiêu xã trả lại: III.3 (năm 2026)"))
    }

    @Test(arguments: TestEngine.all) func peopleWithoutDutiesHaveACalmPage(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        _ = try await HomeScene.begin(site.database)
        for member in [Member.luongThiNgocBich, .dangThiAnh, .ngoTanPhat] {
            let home = try await site.signIn(member).open("/").expectStatus(200)
            #expect(home.says("Không có việc nào đang chờ"), "\(member)")
            #expect(!home.says("đảng viên") && !home.says("Chào"), "rule 14")
        }
        let elsewhere = try await site.signIn(.haLieng).open("/").expectStatus(200)
        #expect(!elsewhere.says("Suối Mây") && !elsewhere.says("Thông Xanh"))
    }

    @Test(arguments: TestEngine.all) func everyMemberHasAHome(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        _ = try await HomeScene.begin(site.database)
        for member in Member.allCases {
            let browser = try await site.signIn(member)
            try await browser.open("/").expectStatus(200)
            let answer = try await browser.json("/").expectStatus(200)
            #expect(answer.jsonObject["skeleton"] is String, "\(member)")
        }
    }

    @Test(arguments: TestEngine.all) func aRequestForCorrectionWaitsForWhoAnswersIt(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        try await HomeScene.begin(site.database)
        let asking = try await site.signIn(.yaThuong)
        let page = try await asking.open("/account/corrections").expectStatus(200)
        try await asking.send(page.form("/account/corrections").filled(["text": "Năm sinh đúng là 1968."]))
            .expectStatus(200)
        let chair = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(chair.says("Trả lời yêu cầu sửa thông tin của Ya Thương"))
        #expect(chair.links.contains { $0.hasPrefix("/corrections/") })
        for other in [Member.yaThuong, .nguyenThiMaiLoan, .maiSuongDem] {
            #expect(try await !site.signIn(other).open("/").says("yêu cầu sửa thông tin"), "\(other)")
        }
    }

    @Test(arguments: TestEngine.all) func theRegisterOfTitlesIsOneTapAwayForThoseWhoKeepIt(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        try await HomeScene.begin(site.database)
        for member in Member.allCases {
            let keeps = [Role.provinceFront, .communeFrontChair, .steeringOffice, .standingCommittee]
                .contains(member.plan.role)
            #expect(
                try await site.signIn(member).open("/").links.contains("/titles") == keeps, "\(member)")
        }
    }
}
