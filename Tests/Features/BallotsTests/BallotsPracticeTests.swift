import Core
import Database
import TestKit
import Testing

@Suite("Opening a ballot for practice", .databases) struct BallotsPracticeTests {
    /// What is wrong with the area and with the last day is told at once.
    @Test(arguments: TestEngine.all) func everythingWrongIsToldAtOnce(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE area SET households = NULL WHERE territory_id = \(Place.thongXanh.id)")
            return Receipt()
        }
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let form = try await loan.open("/ballots/new").form("/ballots")
        for last in ["09/11/2026", "31/12/2027", "31/2/2027", ""] {
            let shown = try await loan.send(form.forged(["area": "\(Place.thongXanh.id)", "last": last]))
                .expectStatus(422)
            #expect(shown.error(beside: "area")?.contains("số hộ") == true, "\(last)")
            #expect(shown.error(beside: "last") != nil, "\(last)")
        }
        let nowhere = try await loan.send(form.forged(["area": "\(ID(high: 1, low: 1))", "last": "12/11/2026"]))
        #expect(nowhere.status == 404)
    }

    /// Of two batches of one code, one of them used, nothing differs for whoever looks at the ballot or would cancel.
    @Test(arguments: TestEngine.all) func ofABatchOfOneCodeNobodyLearnsWhetherItWasUsed(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let form = try await loan.open("/ballots/new").form("/ballots")
        let page = try await loan.send(form.filled(["area": "\(Place.thongXanh.id)", "last": "12/11/2026"]))
        try await loan.send(page.form("/codes").filled(["count": "30"])).expectStatus(200)
        var spare: [String] = []
        for _ in 0..<2 {
            let slips = try await loan.send(loan.open(page.path).form("/spares").filled(["count": "1"]))
            spare.append(String(try #require(slips.text.firstMatch(of: /\d{4} \d{4} \d{4} \d{4}/)).output))
        }
        func batches() async throws -> [[String: Any]] {
            try #require(try await loan.json(page.path).expectStatus(200).jsonObject["batches"] as? [[String: Any]])
        }
        #expect(try await batches().allSatisfy { $0["mayCancel"] as? Bool == true }, "nobody answered yet")
        let path = page.path.replacing("/ballots/", with: "/vote/")
        let visitor = site.visitor()
        try await visitor.send(
            visitor.open(path).form(path).filled(["code": spare[0], "answer.overall": "satisfied"])
        ).expectStatus(200)
        let listed = try await batches()
        #expect(listed.count == 3 && listed.allSatisfy { $0["burnt"] == nil })
        #expect(listed.map { $0["mayCancel"] as? Bool } == [true, false, false])
        #expect(try await loan.open(page.path).says("Mã đã dùng 1"), "in all it is told")
        var answers: Set<String> = []
        for batch in listed.dropFirst() {
            let id = try #require(batch["id"] as? String)
            let refused = try await loan.json("\(page.path)/batches/\(id)/cancellation", sending: "{}")
            #expect(refused.status == 409 && refused.body.contains("Đợt dưới 10 mã chỉ hủy được khi"))
            answers.insert("\((refused.jsonObject["errors"] as? [Any]) ?? [])")
        }
        #expect(answers.count == 1)
    }
}
