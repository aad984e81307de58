import Core
import Database
import TestKit
import Testing

@testable import Criteria

/// A set held against its frame, with a browser and as JSON.
@Suite("Criteria held against their frame", .databases) struct CriteriaFrameSiteTests {
    private func imported(_ site: TestSite, _ text: String) async throws -> (Browser, Shown) {
        let hanh = try await site.signIn(.doThiHanh)
        let form = try await hanh.open("/criteria/new").form("/criteria")
        return (hanh, try await hanh.send(form.filled(["text": text])))
    }

    /// A frame says what of it may be loosened: it is there to be derived from, and nobody is assessed under it.
    @Test(arguments: TestEngine.all) func nobodyRegistersUnderAFrame(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        func publish(_ change: @Sendable @escaping (inout CriteriaSet) -> Void) async throws {
            let text = try Criteria.YAML.write(Sample.small(change))
            try await site.database.unattended(.seed) { tx in
                try CriteriaStore.addPublished(text, for: Place.lamDong.id, tx)
                return Receipt()
            }
        }
        func current(_ code: String? = nil) async throws -> String? {
            try await site.database.read {
                try CriteriaStore.current(
                    code: code, .residentialArea, on: site.clock.today, for: Place.thongXanh.id, $0)?.set.code
            }
        }
        let registering = "/areas/\(Place.thongXanh.id)/dossiers"
        try await publish { set in
            set.code = "KHUNG"
            set.mayLoosen = [.floor]
        }
        #expect(try await current() == nil)
        #expect(try await current("KHUNG") == "KHUNG", "by its name it is found")
        let none = try await site.signIn(.yaThuong).json(registering, sending: #"{"title": "model", "year": 2027}"#)
        #expect(none.status == 409 && none.body.contains("Chưa có bộ tiêu chí nào"), "\(none.body)")
        try await publish { $0.code = "RIENG" }
        #expect(try await current() == "RIENG")
        // A newer frame takes nobody's set away; one derived from it will.
        try await publish { set in
            set.code = "KHUNG"
            set.version = 2
            set.effectiveFrom = site.clock.today
            set.mayLoosen = [.floor]
        }
        #expect(try await current() == "RIENG")
        #expect(try await site.database.read { try CriteriaStore.usable($0) } == 1)
        // What others derive from and nobody may loosen is a set like any other.
        try await publish { set in
            set.code = "CHUNG"
            set.effectiveFrom = site.clock.today
        }
        #expect(try await current() == "CHUNG")
        #expect(try await site.database.read { try CriteriaStore.usable($0) } == 2)
    }

    /// What a set asks less than its frame is refused in words, on the page and in JSON.
    @Test(arguments: TestEngine.all) func aLoosenedFrameIsRefusedByName(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let frame = try Criteria.YAML.write(Sample.small { $0.code = "KHUNG" })
        try await site.database.unattended(.seed) { tx in
            try CriteriaStore.addPublished(frame, for: Place.lamDong.id, tx)
            return Receipt()
        }
        let derived = try Criteria.YAML.write(
            Sample.small { set in
                set.code = "RIENG"
                set.frame = CriteriaSet.Frame(code: "KHUNG", version: 1)
                set.standards[1].indicators[1].thresholds = [
                    Criteria.Threshold(.quantity(Quantity(thousandths: 10_000)))
                ]
            })
        let (hanh, draft) = try await imported(site, derived)
        let name = Sample.small().standards[1].indicators[1].name.vi
        for page in [draft.path, draft.path + "/publication"] {
            let shown = try await hanh.open(page).expectStatus(200)
            #expect(shown.says("Chỉ tiêu II.2 (\(name)) thấp hơn tiêu chuẩn khung"), "\(page)")
            #expect(shown.says("Nhóm II · Chỉ tiêu II.2 · Ngưỡng") && !shown.says("groups[1]"), "\(page)")
        }
        let sent = try await hanh.json("\(draft.path)/publication", sending: #"{"revision": 1, "past": true}"#)
        #expect(sent.status == 422 && sent.body.contains("II.2 (\(name))"), "\(sent.body)")
        #expect(!sent.body.contains("khung yêu cầu >=") && !sent.body.contains("mayLoosen"))
    }
}
