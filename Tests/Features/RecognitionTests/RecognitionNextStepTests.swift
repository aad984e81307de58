import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

/// What a dossier waits for is said by what was done already: filled in, met over, counted.
@Suite("The next step follows what was done", .databases) struct RecognitionNextStepTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test(arguments: TestEngine.all) func fromTheLastIndicatorToTheCommune(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-09-10")))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { tx in try Scene.register(set, tx) })
        func step(_ act: @escaping @Sendable (Transaction) throws -> Void) async throws {
            try await site.database.unattended(.seed) { tx in
                try act(tx)
                return Receipt()
            }
        }
        func open(_ on: String, _ path: String) async throws -> Shown {
            site.clock.move(to: try day(on))
            return try await site.signIn(.yaThuong).open(path).expectStatus(200)
        }
        let (page, assessment) = ("/dossiers/\(id)", "/dossiers/\(id)/assessment")
        #expect(try await open("2026-09-10", page).says("Điền chỉ tiêu"))
        #expect(try await !open("2026-09-10", assessment).links.contains("#h-submission"))

        try await step { try Walk.fill(id, $0) }
        let filled = try await open("2026-09-11", page)
        #expect(filled.says("đã điền đủ; xem lại rồi khóa") && !filled.says("Điền chỉ tiêu"))
        #expect(filled.links.contains("\(assessment)#h-submission"))
        #expect(try await open("2026-09-11", assessment).links.contains("#h-submission"), "from the head to the foot")
        #expect(try await open("2026-09-11", "/").says("Xem lại và khóa"))

        try await step { try Walk.handIn(id, $0) }
        #expect(try await open("2026-09-15", page).says("Chờ hội nghị bình xét"))
        try await step { _ = try Walk.hold(id, votes: ["III.3": 10], $0) }
        let down = try await open("2026-09-18", page)
        #expect(down.says("Đã họp bình xét, chờ niêm yết") && !down.says("Chờ hội nghị bình xét"))
        #expect(down.says("làm lại chỉ tiêu hội nghị chưa đồng ý (III.3)"))
        #expect(try await open("2026-09-18", "\(page)/review").says("Đã họp bình xét, chờ niêm yết"))
        #expect(try await open("2026-09-18", "/dossiers?year=2026").says("Đã họp bình xét, chờ niêm yết"))
        let home = try await open("2026-09-18", "/")
        #expect(home.says("Niêm yết hồ sơ khu dân cư kiểu mẫu của thôn") && !home.says("Họp bình xét và niêm yết"))
        #expect(home.says("Đã họp bình xét, chờ niêm yết hồ sơ"))
        try await step { tx in
            _ = try Walk.hold(id, list: 158, on: "2026-09-19", isRest: true, tx)
        }
        #expect(try await open("2026-09-19", page).says("hội nghị đã thông qua; niêm yết công khai"))

        try await step { tx in
            try Walk.post(id, tx)
            try Walk.ballot(id, Walk.count, tx)
        }
        #expect(try await open("2026-09-29", "/").says("Niêm yết đến hết ngày 29/09/2026; sau đó nộp cho xã."))
        let over = try await open("2026-09-30", "/")
        #expect(over.says("đã hết hạn niêm yết") && over.says("Nộp hồ sơ khu dân cư kiểu mẫu của thôn"))
        #expect(try await open("2026-09-30", page).says("đã hết niêm yết và có kết quả lấy phiếu; nộp cho xã."))
    }

    /// Our own assumption is told as one, and nothing that the rules in force say.
    @Test(arguments: TestEngine.all) func whatTheRulesStateIsNotCalledProvisional(on engine: TestEngine) async throws {
        let stated = Scene.criteria.replacing(
            "term: {years: 3",
            with: """
                meeting: {quorum: "> 50%", carried: "> 50%"}
                ballot:
                  minimumResponse: 60%
                  minimumSatisfied: {outstanding: 80%, model: 90%}
                procedure: {posting: {calendar: 10}}
                term: {years: 3
                """)
        for (criteria, isStated) in [(Scene.criteria, false), (stated, true)] {
            let site = try await TestSite(engine, clock: TestClock(try day("2026-09-19")))
            let set = try await Scene.begin(site.database, criteria: criteria)
            let id = try await site.database.unattended(
                .seed,
                giving: { tx in
                    let id = try Scene.register(set, tx)
                    try Walk.fill(id, tx)
                    try Walk.handIn(id, tx)
                    return id
                })
            let page = try await site.signIn(.yaThuong).open("/dossiers/\(id)/review").expectStatus(200)
            #expect(page.says("quy định tạm của phần mềm") != isStated)
            #expect(page.says("theo quy chế, bộ tiêu chí của hồ sơ (bản minh họa)") == isStated)
            // The vote that a meeting with a quorum must bring does not call itself optional.
            #expect(page.says("Số hộ đồng ý cả danh sách") && !page.says("cả danh sách (không bắt buộc)"))
            #expect(page.says("Hẹn họp tiếp ngày (không bắt buộc)"), "the control")
        }
    }
}
