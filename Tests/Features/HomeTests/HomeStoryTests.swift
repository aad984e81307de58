import Core
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
        #expect(leader.says("2 khu dân cư đăng ký. Hạn ra quyết định: 10/11/2026."))
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
