import App
import Core
import Database
import Foundation
import TestKit
import Testing
import Web

@testable import Criteria

/// Sets as people meet them: on the pages, with a browser.
@Suite("Criteria pages", .databases) struct CriteriaSiteTests {
    private func demonstration() throws -> String {
        try Sample.file(Sample.root.appending(path: "Demonstration/criteria.yaml"))
    }

    private func imported(_ site: TestSite, _ text: String) async throws -> (Browser, Shown) {
        let hanh = try await site.signIn(.doThiHanh)
        let form = try await hanh.open("/criteria/new").form("/criteria")
        return (hanh, try await hanh.send(form.filled(["text": text])))
    }

    @Test(arguments: TestEngine.all) func theFrontOfTheProvinceImportsAndPublishes(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.open("/criteria").says("Chưa có bộ tiêu chí nào"))

        let (hanh, draft) = try await imported(site, demonstration())
        draft.expectStatus(200)
        #expect(draft.says("Đã lưu bản thảo"))
        #expect(draft.says("Bản thảo") && draft.says("Được từ 90 điểm trên tổng 100 điểm"))
        // Nobody else sees a draft.
        try await yaThuong.open(draft.path).expectStatus(404)

        let ask = try await hanh.open(draft.path + "/publication")
        #expect(ask.says("Ban hành rồi thì không sửa được nữa."))
        // It holds from a day that has passed: asked, and not taken for granted.
        #expect(ask.says("Ngày áp dụng 01/01/2026 đã qua"))
        let unasked = try await hanh.send(ask.form("/publication")).expectStatus(422)
        #expect(unasked.error(beside: "past")?.contains("01/01/2026") == true)
        let told = try await hanh.json("\(draft.path)/publication", sending: #"{"revision": 1}"#)
        #expect(told.status == 422 && told.body.contains("\"field\":\"past\""), "\(told.body)")
        let published = try await hanh.send(ask.form("/publication").filled(["past": "yes"]))
        #expect(published.says("Đã ban hành bộ tiêu chí.") && published.says("Đã ban hành"))

        let seen = try await yaThuong.open(draft.path)
        seen.expectStatus(200)
        #expect(seen.says("Khu dân cư kiểu mẫu: từ 1,1 lần"))
        #expect(seen.says("Bắt buộc") && seen.says("Ai kiểm tra"))
        // Each indicator is one line until somebody wants it; what was looked for is open.
        #expect(!seen.body.contains(#"<details class="fold ones" open>"#))
        #expect(seen.body.contains(#"<div class="inside" id="c-I.1">"#))
        let sought = try await yaThuong.open(draft.path + "?q=den+chieu+sang").expectStatus(200)
        #expect(sought.body.contains(#"<details class="fold ones" open>"#))
        // What is published cannot be changed, removed or published again.
        try await hanh.open(draft.path + "/text").expectStatus(409)
        try await hanh.send(ask.form("/publication").filled(["past": "yes"])).expectStatus(409)
        #expect(try await site.acts() == ["criteriaSet.import", "criteriaSet.publish"])
    }

    @Test(arguments: TestEngine.all) func everyFaultIsNamedAtOnceAndTheTextStays(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let broken = try demonstration().replacing("maximum: 100", with: "maximum: 99")
            .replacing("unit: household", with: "unit: nhà")
        let (hanh, page) = try await imported(site, broken)
        page.expectStatus(422)
        #expect(page.says("Phải sửa"))
        #expect(page.says("Các nhóm cộng lại được 100 điểm, còn tổng điểm của bộ ghi 99"), "\(page.text)")
        #expect(page.says("không có đơn vị nhà"))
        #expect(try page.form("/criteria").values["text"]?.contains("maximum: 99") == true)
        #expect(try page.form("/criteria").values["territory"] == "\(Place.lamDong.id)")
        #expect(try await hanh.open("/criteria").says("Chưa có bộ tiêu chí nào"))
    }

    @Test(arguments: TestEngine.all) func aFileThatIsRefusedComesBackAsText(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let hanh = try await site.signIn(.doThiHanh)
        let form = try await hanh.open("/criteria/new").form("/criteria")
        let broken =
            try "\u{FEFF}"
            + demonstration().replacing("maximum: 100", with: "maximum: 99")
            .replacing("\n", with: "\r\n")
        let page = try await hanh.send(form.attaching("file", file: "bo.yaml", Array(broken.utf8)))
        page.expectStatus(422)
        let again = try page.form("/criteria")
        #expect(again.values["text"]?.contains("maximum: 99\n") == true)
        let mended = again.values["text"]?.replacing("maximum: 99", with: "maximum: 100") ?? ""
        try await hanh.send(again.filled(["text": mended])).expectStatus(200)
        // A spreadsheet is no text.
        let sheet = try await hanh.send(form.attaching("file", file: "bo.xlsx", [0x50, 0x4B, 3, 4, 0, 0]))
        sheet.expectStatus(422)
        #expect(sheet.says("Tệp này không phải tệp chữ"))
        let nothing = try await hanh.send(form)
        #expect(nothing.says("Chọn một tệp, hoặc dán nội dung"))
    }

    @Test(arguments: TestEngine.all) func whoHasNoSuchOfficeCannotImport(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let kaHuong = try await site.signIn(.kaHuong)
        try await kaHuong.open("/criteria/new").expectStatus(403)
        // The administrator imports and does not publish.
        let phat = try await site.signIn(.ngoTanPhat)
        let form = try await phat.open("/criteria/new").form("/criteria")
        let draft = try await phat.send(form.filled(["text": demonstration()]))
        draft.expectStatus(200)
        #expect(!draft.says("Ban hành bộ này"))
        try await phat.open(draft.path + "/publication").expectStatus(403)
        let elsewhere = form.forged(["territory": "\(Place.country.id)", "text": try demonstration()])
        try await phat.send(elsewhere).expectStatus(422)
    }

    @Test(arguments: TestEngine.all) func aDraftIsMendedAndThrownAway(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let (hanh, draft) = try await imported(site, demonstration())
        let edit = try await hanh.open(draft.path + "/text")
        let form = try edit.form("/text")
        let text = try #require(form.values["text"])
        let changed = try await hanh.send(form.filled(["text": text.replacing("minimum: 80", with: "minimum: 85")]))
        #expect(changed.says("Được từ 85 điểm"))
        // The first form is older than what stands there now.
        let late = try await hanh.send(form.filled(["text": text.replacing("minimum: 80", with: "minimum: 70")]))
        late.expectStatus(409)
        #expect(try late.form("/text").values["text"]?.contains("minimum: 70") == true)
        let other = try await hanh.open(draft.path + "/text").form("/text")
            .filled(["text": text.replacing("version: 1\n", with: "version: 2\n")])
        let refused = try await hanh.send(other)
        refused.expectStatus(422)
        #expect(refused.says("Giữ đúng hai mục ấy"))
        let gone = try await hanh.send(hanh.open(draft.path + "/text").form("/removal"))
        #expect(gone.says("Đã bỏ bản thảo."))
        try await hanh.open(draft.path).expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func whatSomebodyElseChangedIsNotPublished(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let (hanh, draft) = try await imported(site, demonstration())
        let ask = try await hanh.open(draft.path + "/publication").form("/publication")
        let form = try await hanh.open(draft.path + "/text").form("/text")
        let text = try #require(form.values["text"])
        _ = try await hanh.send(form.filled(["text": text + "\n# thêm\n"]))
        try await hanh.send(ask).expectStatus(409)
        #expect(try await hanh.open(draft.path).says("Bản thảo"))
    }

    @Test(arguments: TestEngine.all) func theNextVersionShowsWhatIsDifferent(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let text = try demonstration()
        let first = try await site.database.unattended(
            .seed,
            giving: {
                try CriteriaStore.addPublished(text, for: Place.lamDong.id, $0)
            })
        let next = text.replacing("version: 1\n", with: "version: 2\n")
            .replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2027-01-01")
            .replacing("minimum: 90", with: "minimum: 92")
        let (hanh, draft) = try await imported(site, next)
        let ask = try await hanh.open(draft.path + "/publication")
        #expect(ask.says("Phiên bản 1 thôi áp dụng từ 01/01/2027"))
        #expect(try !ask.form("/publication").names.contains("past"), "what is ahead is not asked about")
        let difference = try await hanh.open("\(draft.path)/difference/\(first)")
        #expect(difference.says("Danh hiệu Khu dân cư kiểu mẫu"))
        #expect(difference.says("Được từ 90 điểm trên tổng 100 điểm Được từ 92 điểm trên tổng 100 điểm"))
        // In English the codes are words too; the title's name is the set's.
        try await hanh.open("/language/en?back=/criteria").expectStatus(200)
        let english = try await hanh.open("\(draft.path)/difference/\(first)").expectStatus(200)
        #expect(english.says("Earns at least 90 of 100 points Earns at least 92 of 100 points"))
        #expect(!english.says(" model ·") && !english.says("pass.") && !english.says("Điều kiện"))
        try await hanh.open("/language/vi?back=/criteria").expectStatus(200)
        #expect(difference.says("90") && difference.says("92") && difference.says("01/01/2027"))
        #expect(!difference.says("Số phiên bản"))
        _ = try await hanh.send(ask.form("/publication"))
        let old = try await hanh.open("/criteria/\(first)")
        #expect(old.says("Bộ này còn áp dụng đến hết ngày trước 01/01/2027"))
        let same = try await hanh.open("/criteria/\(first)/difference/\(first)")
        #expect(same.says("Hai phiên bản giống nhau"))
    }

    @Test(arguments: TestEngine.all) func aSetIsReadSearchedAndDownloaded(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let text = try demonstration()
        let id = try await site.database.unattended(
            .seed,
            giving: {
                try CriteriaStore.addPublished(text, for: Place.lamDong.id, $0)
            })
        let yaThuong = try await site.signIn(.yaThuong)
        let found = try await yaThuong.open("/criteria/\(id)?q=giup%20ho%20ngheo")
        found.expectStatus(200)
        #expect(found.says("I.2") && !found.says("Muốn đạt danh hiệu thì cần"))
        #expect(try await yaThuong.open("/criteria/\(id)?q=khongcogi").says("Không có chỉ tiêu nào khớp"))
        let indicator = try await yaThuong.open("/criteria/\(id)/indicators/I.2")
        #expect(indicator.first("h1") == "Hộ nghèo, cận nghèo đều có kế hoạch giúp đỡ và người phụ trách")
        #expect(indicator.says("Không áp dụng khi") && indicator.says("đúng 100\u{A0}%"))
        try await yaThuong.open("/criteria/\(id)/indicators/X.9").expectStatus(404)
        let file = try await yaThuong.open("/criteria/\(id)/file")
        #expect(String(decoding: file.bytes, as: UTF8.self) == text)
        #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
        let english = yaThuong.copy()
        english[cookie: "kieumau-language"] = "en"
        let page = try await english.open("/criteria/\(id)")
        #expect(page.says("Model residential area: at least 1.1 times"))
        let json = try await yaThuong.json("/criteria/\(id)")
        #expect((json.jsonObject["groups"] as? [Any])?.count == 5)
        #expect(json.jsonObject["behind"] == nil)
        // Without an account there is nothing of this here; the public pages have their own.
        try await site.visitor().json("/criteria/\(id)").expectStatus(401)
    }

    /// Counting givers is warned about where the set comes in, where it is read and before it is published, and for
    /// good beside the indicator; each time with the reason.
    @Test(arguments: TestEngine.all) func whoCountsPeopleIsWarnedEverywhere(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let text = try demonstration().replacing(
            "vi: Lao động trong độ tuổi có việc làm", with: "vi: Tỷ lệ hộ đóng góp quỹ")
        let why = "theo số người góp, người ký thì ai cũng biết ai chưa góp, chưa ký"
        let (hanh, draft) = try await imported(site, text)
        #expect(draft.says("đọc lời nhắc trước khi ban hành"))
        #expect(draft.says("Chỉ tiêu I.4 có vẻ đếm người.") && draft.says(why))
        let ask = try await hanh.open(draft.path + "/publication")
        #expect(ask.says("Chỉ tiêu I.4 có vẻ đếm người.") && ask.says(why))
        #expect(ask.says("Đừng để ai bị lộ là chưa đóng góp"))
        _ = try await hanh.send(ask.form("/publication").filled(["past": "yes"]))
        let yaThuong = try await site.signIn(.yaThuong)
        let seen = try await yaThuong.open(draft.path)
        #expect(seen.says("Chỉ tiêu I.4 có vẻ đếm người.") && seen.says(why))
        let indicator = try await yaThuong.open(draft.path + "/indicators/I.4")
        #expect(indicator.says("Cẩn thận với chỉ tiêu này.") && indicator.says("Đừng để ai bị lộ là chưa đóng góp"))
        #expect(try await !yaThuong.open(draft.path + "/indicators/I.5").says("Cẩn thận với chỉ tiêu này."))
        let json = try await yaThuong.json(draft.path)
        let warned = json.jsonObject["warned"] as? [[String: Any]]
        #expect(warned?.map { "\($0["indicator"] ?? "") \($0["key"] ?? "")" } == ["I.4 countsGivers"])
    }

    /// The set without such an indicator is kept without a word about it.
    @Test(arguments: TestEngine.all) func theDemonstrationIsNotWarnedAbout(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let (hanh, draft) = try await imported(site, demonstration())
        #expect(!draft.says("có vẻ đếm người"))
        let form = try await hanh.open("/criteria/new")
        #expect(String(decoding: form.bytes, as: UTF8.self).contains("rows=\"28\""))
        // Nobody was recognised under it: the page says what will stand there.
        let indicator = try await hanh.open(draft.path + "/indicators/I.1")
        #expect(indicator.says("Nơi đã đạt") && indicator.says("ba nơi gần đây nhất hiện ở đây"))
        let json = try await hanh.json(draft.path + "/indicators/I.1")
        #expect((json.jsonObject["examples"] as? [Any])?.isEmpty == true)
    }

    /// From the page of one version to the comparison with every other, as a page and as JSON.
    @Test(arguments: TestEngine.all) func everyOtherVersionIsOneClickAway(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let text = try demonstration()
        var ids: [ID] = []
        for version in 1...3 {
            let next = text.replacing("version: 1\n", with: "version: \(version)\n")
                .replacing("minimum: 90", with: "minimum: \(90 + version)")
            ids.append(
                try await site.database.unattended(
                    .seed, giving: { try CriteriaStore.addPublished(next, for: Place.lamDong.id, $0) }))
        }
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/criteria/\(ids[1])")
        let html = String(decoding: page.bytes, as: UTF8.self)
        for other in [ids[0], ids[2]] { #expect(html.contains("/criteria/\(ids[1])/difference/\(other)")) }
        let json = try await yaThuong.json("/criteria/\(ids[1])")
        let versions = json.jsonObject["versions"] as? [[String: Any]]
        #expect(versions?.compactMap { $0["version"] as? Int } == [3, 1])
        let difference = try await yaThuong.json("/criteria/\(ids[1])/difference/\(ids[2])")
        let changes = difference.jsonObject["changes"] as? [[String: Any]]
        #expect(changes?.compactMap { $0["place"] as? String } == ["titles[model].pass.minimum"])
        #expect(changes?.first?["old"] as? String == "92" && changes?.first?["new"] as? String == "93")
    }

    /// A set that was derived from a frame: the difference is one click away, before publication and after it.
    @Test(arguments: TestEngine.all) func theFrameIsOneClickAway(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let frame = try Criteria.YAML.write(Sample.small { $0.code = "KHUNG" })
        let id = try await site.database.unattended(
            .seed, giving: { try CriteriaStore.addPublished(frame, for: Place.lamDong.id, $0) })
        let derived = try Criteria.YAML.write(
            Sample.small { set in
                set.code = "RIENG"
                set.frame = CriteriaSet.Frame(code: "KHUNG", version: 1)
                set.titles[0].pass.minimum = 1700
            })
        let (hanh, draft) = try await imported(site, derived)
        let link = "\(draft.path)/difference/\(id)"
        for path in [draft.path, draft.path + "/publication"] {
            let page = try await hanh.open(path)
            #expect(page.says("So với tiêu chuẩn khung"))
            #expect(String(decoding: page.bytes, as: UTF8.self).contains(link))
        }
        let difference = try await hanh.open(link)
        #expect(difference.says("Danh hiệu Kiểu mẫu"))
        #expect(difference.says("Được từ 15 điểm trên tổng 20 điểm Được từ 17 điểm trên tổng 20 điểm"))
        let json = try await hanh.json(draft.path)
        #expect(json.jsonObject["frameSet"] as? String == "\(id)")
    }
}
