import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Practices

/// A practice from its telling to who followed, over HTTP and on both engines.
@Suite("Practices: a story", .databases) struct PracticesStoryTests {
    private static let criteria = """
        code: KDC-CL
        version: 1
        label: demonstration
        name: {vi: Bộ tiêu chí thử, en: Criteria for tests}
        issuer: Minh họa
        legalBasis: [Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15]
        effectiveFrom: 2026-01-01
        subject: residentialArea
        maximum: 50
        titles:
          - code: outstanding
            name: {vi: Khu dân cư tiêu biểu, en: Outstanding residential area}
            deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]
            pass: {required: mandatory, minimum: 30, floor: 50%}
        term: {years: 3, recheckMonths: 12}
        groups:
          - code: III
            name: {vi: Môi trường, en: Environment}
            maximum: 50
            indicators:
              - {code: III.1, name: {vi: Thu gom rác, en: Waste}, kind: percentage, of: hộ, operator: ">=", thresholds: {outstanding: 90}, points: 50, mandatory: yes, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục}], basis: giả định, answerable: Đoàn Thanh niên}
        """

    private static let picture = Array(
        Data(
            base64Encoded: """
                UklGRkgAAABXRUJQVlA4IDwAAAAwAwCdASpAACAAPtForlGoJiQipAgBABoJZwDScAs+/lc4AP7qZf+WZwr7l//xvH+S7+3fZTjaPSQAAAA=
                """) ?? Data())

    private let typed = [
        "name": "Bể gom vỏ thuốc ở đầu bờ",
        "story": "Đánh dấu mười bốn chỗ pha thuốc rồi mới đặt bể.\nMỗi tổ trông hai bể.",
        "sources": "ngân sách xã 7 triệu, hợp tác xã 5 triệu", "cost": "12.000.000", "labourDays": "24", "weeks": "6",
        "criterion": "KDC-CL/III.1",
    ]

    private func begin(_ engine: TestEngine) async throws -> TestSite {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-11-10"))))
        _ = try await site.database.unattended(.seed) { tx in
            _ = try CriteriaStore.addPublished(Self.criteria, for: Place.lamDong.id, tx)
            return Receipt()
        }
        return site
    }

    private func tell(_ browser: Browser, _ more: [String: String] = [:]) async throws -> Shown {
        let page = try await browser.open("/practices/new").expectStatus(200)
        return try await browser.send(
            page.form("/practices").filled(
                typed.merging(["place": "\(Place.thongXanh.id)"].merging(more) { $1 }) { $1 }))
    }

    @Test(arguments: TestEngine.all) func toldConfirmedFollowedLookedAtAndFound(on engine: TestEngine) async throws {
        let site = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let empty = try await yaThuong.open("/practices").expectStatus(200)
        #expect(empty.says("Chưa có cách làm hay nào") && empty.links.contains("/practices/new"))

        let told = try await tell(yaThuong).expectStatus(200)
        #expect(told.says("Đã gửi xã xem.") && told.says("12.000.000") && told.says("24 ngày công"))
        #expect(told.says("III.1. Thu gom rác") && told.says("Mỗi tổ trông hai bể."))
        let path = told.path
        // Nobody elsewhere, and nobody without an account, reads what the commune has not seen.
        let haLieng = try await site.signIn(.haLieng)
        try await haLieng.open(path).expectStatus(404)
        #expect(try await !haLieng.open("/practices").says("Bể gom"))
        try await site.visitor().open("/portal\(path)").expectStatus(404)

        // It waits on the commune's home.
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/").says("Xem 1 cách làm hay khu dân cư vừa ghi"))
        #expect(try await kaHuong.open("/practices?state=shared").says("Bể gom vỏ thuốc"))
        let seen = try await kaHuong.open(path).expectStatus(200)
        let confirmed = try await kaHuong.send(seen.form("/confirmation").filled(["public": "yes"])).expectStatus(200)
        #expect(confirmed.says("Đã xác nhận và đưa lên cổng công khai."))
        #expect(try await !kaHuong.open("/").says("cách làm hay khu dân cư vừa ghi"))

        // Now everybody reads it, in the list without marks, on the indicator's page, by search and on the portal.
        #expect(try await haLieng.open("/practices?q=vo+thuoc&criterion=KDC-CL/III.1").says("Bể gom vỏ thuốc"))
        #expect(try await haLieng.open("/search?q=vo+thuoc").says("Bể gom vỏ thuốc"))
        let set = try await site.database.read { try $0.one("SELECT id FROM criteria_set").id("id") }
        let indicator = try await haLieng.open("/criteria/\(set)/indicators/III.1").expectStatus(200)
        #expect(indicator.says("Cách làm hay cho chỉ tiêu này") && indicator.links.contains(path))
        let portal = try await site.visitor().open("/portal\(path)").expectStatus(200)
        #expect(portal.says("Bể gom vỏ thuốc") && !portal.says("Ya Thương") && !portal.says("Ka Hương"))
        #expect(try await site.visitor().open("/portal/practices").says("Bể gom vỏ thuốc"))
        #expect(try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").says("Cách làm hay của nơi này"))

        // Ta Ly 1 followed it.
        let form = try await haLieng.open("\(path)/followings/new").expectStatus(200).form("/followings")
        let followed = try await haLieng.send(
            form.filled([
                "place": "\(Place.taLy.id)", "since": "01/09/2026", "changed": "Đặt chín bể.", "result": "Gom 46 kg.",
                "different": "Bể nhỏ hơn.",
            ])
        ).expectStatus(200)
        #expect(followed.says("Thôn Ta Ly 1, xã Ka Đô") && followed.says("Kết quả: Gom 46 kg."))
        #expect(followed.says("Khác nơi đầu: Bể nhỏ hơn."))
        // Told again, it is the same place once.
        let again = try await haLieng.open("\(path)/followings/new").form("/followings")
        let anew = try await haLieng.send(again.filled(["result": "Gom 61 kg."])).expectStatus(200)
        #expect(anew.says("Gom 61 kg.") && !anew.says("Gom 46 kg."))
        #expect(try await haLieng.open("/practices").says("1 nơi làm theo"))

        // The commune goes and looks again.
        let look = try await kaHuong.open("\(path)/looks/new").expectStatus(200).form("/looks")
        let looked = try await kaHuong.send(
            look.filled(["day": "09/11/2026", "alive": "no", "words": "Nắp bể mất hết."])
        ).expectStatus(200)
        #expect(looked.says("09/11/2026: đã ngừng") && looked.says("Ka Hương"))
        #expect(try await haLieng.open(path).says("Nắp bể mất hết."))
        #expect(try await !haLieng.open(path).says("Ka Hương"), "elsewhere the body is enough")
        #expect(try await haLieng.open("/practices?alive=yes").says("Không có cách làm nào như vậy"))
        // An older look written down late does not undo the newer one.
        _ = try await kaHuong.send(look.filled(["day": "01/10/2026", "alive": "yes"])).expectStatus(200)
        #expect(try await haLieng.open("/practices?alive=no").says("Bể gom vỏ thuốc"))

        let paper = try await haLieng.open("\(path)/paper").expectStatus(200)
        #expect(paper.says("CÁCH LÀM HAY") && paper.says("Ta Ly 1"))
        let told2 = try await haLieng.json("/practices?under=\(Place.donDuong.id)").expectStatus(200)
        #expect((told2.jsonObject["practices"] as? [Any])?.count == 1)

        // Told anew it goes back to the commune, and off the portal and the search.
        let change = try await yaThuong.open("\(path)/text").expectStatus(200).form("/text")
        _ = try await yaThuong.send(change.filled(["name": "Bể gom có nắp xi măng"])).expectStatus(200)
        try await site.visitor().open("/portal\(path)").expectStatus(404)
        try await haLieng.open(path).expectStatus(404)
        #expect(try await !haLieng.open("/search?q=vo+thuoc").says("Bể gom vỏ thuốc"))
        // Withdrawn with its reason, which stays for those of the place.
        let gone = try await yaThuong.send(
            yaThuong.open(path).form("/withdrawal").filled(["why": "Gộp vào cách làm của xã."])
        ).expectStatus(200)
        #expect(gone.says("Lý do: Gộp vào cách làm của xã."))
        #expect(try await !yaThuong.open("/practices").says("Bể gom có nắp"))
    }

    @Test(arguments: TestEngine.all) func whatIsRefusedIsSaidInWords(on engine: TestEngine) async throws {
        let site = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        func refused(_ more: [String: String], _ field: String, _ words: String) async throws {
            let page = try await yaThuong.open("/practices/new")
            var form = try page.form("/practices").filled(typed)
            form = form.forged(more.merging(["place": "\(Place.thongXanh.id)"]) { one, _ in one })
            let back = try await yaThuong.send(form).expectStatus(422)
            let error = back.error(beside: field) ?? ""
            #expect(error.contains(words), "\(field): \(error)")
            #expect(back.says("Mỗi tổ trông hai bể."), "what was typed is still there")
        }
        try await refused(["cost": "-5.000"], "cost", "không thể nhỏ hơn 0")
        try await refused(["cost": "nhiều"], "cost", "12.000.000")
        try await refused(["criterion": "KDC-CL/IX.9"], "criterion", "không có trong bộ tiêu chí")
        try await refused(["criterion": "thứ gì đó"], "criterion", "không có trong bộ tiêu chí")
        try await refused(["sources": "mỗi hộ 500.000 đồng"], "sources", "mức đóng của mỗi hộ")
        try await refused(["name": "Sân nhà ông Ba"], "name", "Không nêu tên hộ")

        // Everything at once, whichever field is missing.
        let bare = try await yaThuong.send(
            yaThuong.open("/practices/new").form("/practices").filled(typed).forged([
                "place": "", "criterion": "", "cost": "5.000.000", "sources": "", "name": "Sân nhà ông Ba",
            ])
        ).expectStatus(422)
        for field in ["place", "criterion", "sources", "name"] {
            #expect(bare.error(beside: field) != nil, "\(field)")
        }

        // One's own is not followed, nor before the commune has looked.
        let path = try await tell(yaThuong).expectStatus(200).path
        let kaHuong = try await site.signIn(.kaHuong)
        let follow = ["since": "01/10/2026", "changed": "x"]
        let early = try await kaHuong.json(
            "\(path)/followings",
            sending: #"{"place": "\#(Place.suoiThong.id)", "since": "2026-10-01", "changed": "x"}"#)
        #expect(early.status == 409)
        _ = try await kaHuong.send(kaHuong.open(path).form("/confirmation").filled(["public": "no"])).expectStatus(200)
        let own = try await yaThuong.open("\(path)/followings/new").form("/followings")
            .forged(["place": "\(Place.thongXanh.id)", "since": "01/10/2026", "changed": "x"])
        let ownBack = try await yaThuong.send(own).expectStatus(422)
        #expect(ownBack.error(beside: "place")?.contains("chính nơi này") == true)
        let page = try await kaHuong.open("\(path)/followings/new").form("/followings")
        let ahead = try await kaHuong.send(
            page.filled(follow.merging(["place": "\(Place.suoiThong.id)", "since": "01/12/2026"]) { $1 })
        ).expectStatus(422)
        #expect(ahead.error(beside: "since")?.contains("chưa đến") == true)

        let without = try await kaHuong.send(
            page.forged(["place": "", "since": "01/12/2026", "changed": "Hộ ông Ba góp"])
        ).expectStatus(422)
        for field in ["place", "since", "changed"] { #expect(without.error(beside: field) != nil, "\(field)") }

        // A look of tomorrow; one that stopped without a word of why.
        let look = try await kaHuong.open("\(path)/looks/new").form("/looks")
        let future = try await kaHuong.send(look.filled(["day": "11/11/2026", "alive": "yes"])).expectStatus(422)
        #expect(future.error(beside: "day")?.contains("chưa đến") == true)
        let mute = try await kaHuong.send(look.filled(["day": "10/11/2026", "alive": "no"])).expectStatus(422)
        #expect(mute.error(beside: "words")?.contains("vì sao") == true)
        // An area head does not look at what the area itself told.
        #expect(
            try await yaThuong.json("\(path)/looks", sending: #"{"day": "2026-11-10", "alive": "yes"}"#).status == 403)
        // Not public: not on the portal.
        try await site.visitor().open("/portal\(path)").expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func picturesGoOutOnlyAfterBothQuestions(on engine: TestEngine) async throws {
        let site = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let path = try await tell(yaThuong).expectStatus(200).path
        let question = try await yaThuong.open("\(path)/pictures/new").expectStatus(200)
        #expect(question.says("Mật, Tối mật, Tuyệt mật") && question.forms.allSatisfy { !$0.names.contains("picture") })
        let form = try await yaThuong.open("\(path)/pictures/new?secret=no").form("/pictures")
        let unasked = try await yaThuong.send(
            form.forged(["secret": nil]).attaching("picture", file: "a.webp", Self.picture)
        ).expectStatus(422)
        #expect(unasked.says("Trả lời câu này trước đã."))
        let added = try await yaThuong.send(
            form.filled(["caption": "Bể ở đầu bờ"]).attaching("picture", file: "a.webp", Self.picture)
        ).expectStatus(200)
        #expect(added.says("Bể ở đầu bờ") && added.says("Chưa cho xem rộng"))
        let picture = try await site.database.read { try $0.one("SELECT id FROM practice_picture").id("id") }
        let source = "/practice-pictures/\(picture)/picture"
        #expect(try await yaThuong.request(.get, source).status == 200)
        let kaHuong = try await site.signIn(.kaHuong)
        _ = try await kaHuong.send(kaHuong.open(path).form("/confirmation").filled(["public": "yes"])).expectStatus(200)
        let haLieng = try await site.signIn(.haLieng)
        #expect(try await haLieng.request(.get, source).status == 404)
        #expect(try await site.visitor().request(.get, source).status == 404)

        // Released without the questions, or with a face to be seen, it stays closed.
        let here = "\(path)/pictures/\(picture)/release"
        #expect(try await yaThuong.json(here, sending: #"{"children": "none", "plates": "none"}"#).status == 403)
        let release = try await kaHuong.open(here).expectStatus(200).form("/release")
        let unanswered = try await kaHuong.send(release.forged(["children": nil, "plates": nil])).expectStatus(422)
        #expect(unanswered.error(beside: "children") != nil && unanswered.error(beside: "plates") != nil)
        let shown = try await kaHuong.send(release.filled(["children": "shown", "plates": "none"])).expectStatus(422)
        #expect(shown.error(beside: "children")?.contains("mặt trẻ em") == true)
        #expect(try await site.visitor().request(.get, source).status == 404)
        _ = try await kaHuong.send(release.filled(["children": "covered", "plates": "none"])).expectStatus(200)
        #expect(try await site.visitor().request(.get, source).status == 200)
        #expect(try await haLieng.open(path).body.contains("/practice-pictures/\(picture)/thumbnail"))
        // Closed again, and taken out.
        _ = try await kaHuong.press("/closing", on: kaHuong.open(here)).expectStatus(200)
        #expect(try await site.visitor().request(.get, source).status == 404)
        _ = try await yaThuong.press("/removal", on: yaThuong.open(path)).expectStatus(200)
        #expect(try await yaThuong.request(.get, source).status == 404)
    }

    @Test(arguments: TestEngine.all) func modelsAreLookedAtByTheCommune(on engine: TestEngine) async throws {
        let site = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let profile = "/areas/\(Place.thongXanh.id)/profile"
        let bad = try await yaThuong.send(
            yaThuong.open("\(profile)/models").form("/models").filled(["name": "Đường hoa", "size": "1,2"])
        ).expectStatus(422)
        #expect(bad.error(beside: "unit")?.contains("số và đơn vị") == true)
        let saved = try await yaThuong.send(
            yaThuong.open("\(profile)/models").form("/models").filled([
                "name": "Đường hoa", "kind": "flower_road", "since": "2021", "size": "1,2", "unit": "km",
            ])
        ).expectStatus(200)
        #expect(saved.says("1,2 km"))
        let kaHuong = try await site.signIn(.kaHuong)
        let list = try await kaHuong.open("/models?kind=flower_road&q=duong").expectStatus(200)
        #expect(list.says("Đường hoa") && list.says("Xã chưa xem lại"))
        let model = try #require(list.links.first { $0.hasPrefix("/models/") })
        let form = try await kaHuong.open(model).expectStatus(200).form("/looks")
        let ahead = try await kaHuong.send(form.filled(["day": "12/11/2026", "alive": "yes"])).expectStatus(422)
        #expect(ahead.error(beside: "day")?.contains("chưa đến") == true)
        let before = try await kaHuong.send(form.filled(["day": "01/02/2020", "alive": "yes"])).expectStatus(422)
        #expect(before.error(beside: "day")?.contains("2021") == true)
        let looked = try await kaHuong.send(form.filled(["day": "09/11/2026", "alive": "yes", "words": "Hoa còn đủ."]))
        #expect(looked.says("09/11/2026: còn duy trì") && looked.says("Hoa còn đủ."))
        #expect(try await yaThuong.open(profile).says("09/11/2026"))
        // What was looked at is a record, no slip of the pen.
        let entry = model.replacing("/models/", with: "\(profile)/models/")
        #expect(try await yaThuong.open(entry).forms.allSatisfy { !$0.action.hasSuffix("/removal") })
        let kept = try await yaThuong.json("\(entry)/removal", sending: "{}")
        #expect(kept.status == 409 && kept.body.contains("không gỡ được"))
        try await site.signIn(.haLieng).open(model).expectStatus(404)
    }
}
