import App
import Core
import Database
import TestKit
import Testing

@testable import Recognition

/// Who opens what lies in a dossier's evidence (rules for people, 10): a table of offices, then everybody of the cast.
@Suite("Who opens evidence", .databases) struct RecognitionEvidenceReadingTests {
    private typealias Reading = Recognition.EvidenceReading

    private func opening(
        _ state: Recognition.State = .submitted, codes: [String] = ["III.3"], _ reading: (Set<Capability>) -> Reading
    ) -> Set<Role> {
        Set(Role.allCases.filter { reading($0.capabilities).opens(isReleased: false, codes: codes) })
    }

    private let always: Set<Role> = [.areaHead, .frontWorkCommitteeHead, .helper, .communeFrontChair, .cultureOfficer]

    @Test(arguments: Recognition.State.allCases) func anOfficeOpensByItsHandAlone(_ state: Recognition.State) {
        #expect(opening { Reading(of: state, capabilities: $0) } == always)
        // A seat without the office opens nothing, nor does the office without a seat.
        #expect(opening { Reading(of: state, capabilities: $0, hasSeat: true) } == always.union([.panelMember]))
        let before: Set<Recognition.State> = [.forwarded, .appraised, .proposed, .recognised, .refused]
        #expect(
            opening { Reading(of: state, capabilities: $0, isDecider: true) }
                == (before.contains(state) ? always.union([.provinceFront]) : always))
    }

    @Test func whoAnswersForAnIndicatorOpensWhatSpeaksForIt() {
        let answering: Set<Role> = [.massOrganisation, .officeClerk, .branchHead]
        func roles(_ codes: [String]) -> Set<Role> {
            opening(codes: codes) { Reading(of: .submitted, capabilities: $0, answered: ["III.3"]) }
        }
        #expect(roles(["III.3"]) == always.union(answering))
        #expect(roles(["I.1", "III.3"]) == always.union(answering))
        #expect(roles(["III.2"]) == always)
        #expect(roles([]) == always)
    }

    @Test func whatWasReleasedIsOpenToAll() {
        #expect(Reading(of: .recognised, capabilities: []).opens(isReleased: true, codes: ["III.3"]))
        #expect(Reading(of: .recognised, capabilities: []).hands.isEmpty)
    }

    /// A picture and a list for III.3, a list for III.2; the dossier is being filled in.
    private func begin(_ engine: TestEngine) async throws -> (
        site: TestSite, dossier: ID, pieces: [Recognition.Evidence]
    ) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let yaThuong = try await site.signIn(.yaThuong)
        for (code, kinds) in [("III.3", ["picture", "document"]), ("III.2", ["document"])] {
            var form = try await yaThuong.open("/dossiers/\(id)/values/\(code)/evidence/new?secret=no").form(
                "/evidence")
            for kind in kinds {
                form = try form.attaching(
                    kind, file: kind == "picture" ? "a.webp" : "hộ nghèo.xlsx",
                    kind == "picture" ? EvidenceMaker.webp : EvidenceMaker.sheet(lines: 36))
            }
            try await yaThuong.send(form).expectStatus(200)
        }
        return (site, id, try await site.database.read { try RecognitionStore.evidence(of: id, $0) })
    }

    private func address(_ piece: Recognition.Evidence) -> String { "/evidence/\(piece.id)/\(piece.kind.rawValue)" }

    @Test(arguments: TestEngine.all) func everybodyElseReadsThatItIsThere(on engine: TestEngine) async throws {
        let (site, id, pieces) = try await begin(engine)
        let own: Set<Member> = [.yaThuong, .dinhCongSau, .konSaHaMien, .kaHuong, .nguyenThiMaiLoan]
        let elsewhere: Set<Member> = [.damThiNhung, .maiSuongDem, .haLieng]
        let list = try #require(pieces.first { $0.kind == .document && $0.codes == ["III.3"] })
        let picture = try #require(pieces.first { $0.kind == .picture })
        for member in Member.allCases {
            let browser = try await site.signIn(member)
            let wanted = own.contains(member) ? 200 : elsewhere.contains(member) ? 404 : 403
            for path in [address(list), address(picture), "/evidence/\(picture.id)/thumbnail"] {
                let answer = try await browser.request(.get, path)
                #expect(answer.status == wanted, "\(member) \(path)")
                if wanted == 403 { #expect(answer.says("chỉ người lập, kiểm tra, thẩm định")) }
            }
            guard wanted != 404 else { continue }
            // No page has a picture that does not come, nor the name that its sender gave a file.
            let piece = "/dossiers/\(id)/evidence/"
            for page in [
                "/dossiers/\(id)", "/dossiers/\(id)/evidence", "/dossiers/\(id)/values/III.3",
                "/dossiers/\(id)/assessment/paper", piece + "\(picture.piece)", piece + "\(list.piece)",
            ] {
                let shown = try await browser.open(page).expectStatus(200)
                guard wanted == 403 else { continue }
                #expect(!shown.body.contains("\"/evidence/"), "\(member) \(page)")
                #expect(!shown.says("hộ nghèo.xlsx"), "\(member) \(page)")
            }
            if wanted == 403 {
                #expect(try await browser.open("/dossiers/\(id)/evidence").says("Tệp đóng"))
                let closed = try await browser.open(piece + "\(list.piece)")
                #expect(closed.says("Danh sách XLSX, 36 dòng") && closed.says("Tệp này đóng."))
                #expect(closed.says("Nơi giữ: thôn Thông Xanh (minh họa), xã Đơn Dương"))
                let told = try await browser.json(piece + "\(list.piece)").expectStatus(200)
                #expect(told.body.contains("\"isOpen\":false") && !told.body.contains("hộ nghèo"))
            }
        }
        #expect(try await site.visitor().request(.get, address(picture)).status == 404)
    }

    @Test(arguments: TestEngine.all) func whoTookAnIndicatorOnOpensItsPapers(on engine: TestEngine) async throws {
        let (site, id, pieces) = try await begin(engine)
        let browser = try await site.signIn(.touprongNaiThuy)
        func statuses() async throws -> [Int] {
            var all: [Int] = []
            for piece in pieces { all.append(try await browser.request(.get, address(piece)).status) }
            return all
        }
        #expect(try await statuses() == [403, 403, 403])
        let term = (Day(iso: "2025-01-10") ?? .first, Day(iso: "2025-12-31") ?? .first)
        let consultation = try await site.database.unattended(
            .seed,
            giving: { tx in
                let (one, taken) = (tx.ids.next(), tx.ids.next())
                let set = try tx.one("SELECT criteria_set_id FROM dossier WHERE id = \(id)").id("criteria_set_id")
                try tx.execute(
                    """
                    INSERT INTO consultation (id, territory_id, criteria_set_id, day, until_day, conclusion, at)
                    VALUES (\(one), \(Place.donDuong.id), \(set), \(term.0), \(term.1), 'x', \(tx.now))
                    """)
                try tx.execute(
                    """
                    INSERT INTO taken_criterion (id, consultation_id, territory_id, organisation_id, code, target,
                        taken_at, revision)
                    VALUES (\(taken), \(one), \(Place.donDuong.id), \(Body.womenOfDonDuong.id), 'III.3', 'x', \(tx.now), 1)
                    """)
                return one
            })
        #expect(try await statuses() == [403, 403, 403], "a term of another year")
        try await site.database.unattended(.seed) { tx in
            let until = Day(iso: "2026-12-31") ?? .first
            try tx.execute("UPDATE consultation SET until_day = \(until) WHERE id = \(consultation)")
            return Receipt()
        }
        #expect(try await statuses() == [200, 200, 403])
        let page = try await browser.open("/dossiers/\(id)/evidence").expectStatus(200)
        #expect(page.body.contains("/thumbnail") && page.says("Tệp đóng"))
        // Who supplied a figure opens what speaks for it.
        try await site.database.unattended(.seed) { tx in
            try tx.execute("DELETE FROM taken_criterion WHERE consultation_id = \(consultation)")
            try RecognitionStore.supply(
                [.init(dossier: id, code: "III.2", value: Scene.percent(60), office: Body.womenOfDonDuong.id)],
                person: nil, at: tx.now, ids: tx.ids, tx)
            return Receipt()
        }
        #expect(try await statuses() == [403, 403, 200])
    }

    @Test(arguments: TestEngine.all) func aSeatAndADecisionOpenItOnceItLiesThere(on engine: TestEngine) async throws {
        let (site, id, pieces) = try await begin(engine)
        let path = address(pieces[1])
        func status(_ browser: Browser) async throws -> Int { try await browser.request(.get, path).status }
        let anh = try await site.signIn(.dangThiAnh)
        let hanh = try await site.signIn(.doThiHanh)
        #expect(try await status(anh) == 403)
        #expect(try await status(hanh) == 403)
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE dossier SET state = 'forwarded', round = 1 WHERE id = \(id)")
            return Receipt()
        }
        #expect(try await status(anh) == 403, "an office of a member is no seat on this dossier's panel")
        #expect(try await status(hanh) == 200)
        try await site.database.unattended(.seed) { tx in
            let panel = tx.ids.next()
            try tx.execute(
                """
                INSERT INTO panel (id, territory_id, organisation_id, name, year, seed, formed_at, revision)
                VALUES (\(panel), \(Place.lamDong.id), \(Body.frontOfProvince.id), 'x', 2026, 'x', \(tx.now), 1)
                """)
            try tx.execute(
                """
                INSERT INTO panel_member (panel_id, person_id, duty, joined_at)
                VALUES (\(panel), \(Member.dangThiAnh.id), 'member', \(tx.now))
                """)
            try tx.execute(
                """
                INSERT INTO appraisal (id, panel_id, dossier_id, round, taken_at)
                VALUES (\(tx.ids.next()), \(panel), \(id), 1, \(tx.now))
                """)
            return Receipt()
        }
        #expect(try await status(anh) == 200)
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE panel_member SET left_at = \(tx.now)")
            return Receipt()
        }
        #expect(try await status(anh) == 403, "the seat went to another")
        #expect(
            try await status(site.signIn(.tranQuocLan)) == 403, "who follows the directive reads numbers, not lists")
    }
}
