import Core
import Criteria
import Database
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// A full re-check has up to 27 fields and is cut into the groups of its set, each saved by itself.
@Suite("Re-checks: group by group", .databases) struct RechecksPartTests {
    private func set(_ sizes: [Int]) -> CriteriaSet {
        CriteriaSet(
            code: "T", name: Criteria.Name("T"), effectiveFrom: .first,
            titles: [Criteria.Title("model", Criteria.Name("Model"), pass: Criteria.PassRule())],
            standards: sizes.enumerated().map { group, size in
                Criteria.Standard(
                    "G\(group)", Criteria.Name("G\(group)"),
                    indicators: (0..<size).map {
                        Criteria.Indicator(
                            "G\(group).\($0)", Criteria.Name("x"), kind: .yesNo, unit: .none, comparison: .equal,
                            thresholds: [], points: 1)
                    })
            })
    }

    private func finding(_ sizes: [Int], looked: [String] = []) -> Rechecks.Finding {
        let set = set(sizes)
        return Rechecks.Finding(
            set, for: Criteria.Aim("model"), listed: set.indicators.map(\.code), granted: [:],
            looked.map { Rechecks.Found($0, turn: 1, .yes(true)) })
    }

    @Test func onlyALongListOfSeveralGroupsIsCut() {
        let cases: [(sizes: [Int], parts: [Int])] = [
            ([9], []), ([4, 5], []), ([10], []), ([5, 5], [5, 5]), ([6, 0, 7], [6, 7]),
            ([5, 5, 7, 4, 6], [5, 5, 7, 4, 6]),
        ]
        for one in cases {
            #expect(finding(one.sizes).parts.map(\.codes.count) == one.parts, "\(one.sizes)")
        }
    }

    @Test func lookingGoesOnWhereSomethingIsOpen() {
        let all = finding([5, 5, 2])
        #expect(all.part(asked: nil)?.code == "G0" && all.part(asked: "G2")?.code == "G2")
        #expect(all.part(asked: "nowhere")?.code == "G0")
        let first = Set((0..<5).map { "G0.\($0)" })
        #expect(all.part(after: "G0", saving: first)?.code == "G1")
        // What was left open in a group comes back after the last one.
        #expect(all.part(after: "G0", saving: [])?.code == "G1")
        let some = finding([5, 5, 2], looked: (0..<5).map { "G1.\($0)" } + ["G2.0"])
        #expect(some.part(asked: nil)?.code == "G0" && some.parts.map(\.looked) == [0, 5, 1])
        #expect(some.part(after: "G2", saving: ["G2.1"])?.code == "G0")
        #expect(some.part(after: "G0", saving: first)?.code == "G2")
        let last = finding([5, 5, 2], looked: first + (0..<5).map { "G1.\($0)" } + ["G2.0"])
        #expect(last.part(after: "G2", saving: ["G2.1"]) == nil)
        #expect(last.part(after: "nowhere", saving: []) == nil)
    }

    private func typed(_ line: [String: Any]) -> String {
        let bound = (line["bound"] as? [String: Any])?["typed"] as? String
        return bound ?? "yes"
    }

    @Test(arguments: TestEngine.all) func eachGroupIsAPageAndNothingTypedIsLost(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-11-12"))))
        try await Scene.beginFull(site.database)
        let kaHuong = try await site.signIn(.kaHuong)
        try await kaHuong.send(kaHuong.open("/rechecks").form("/rechecks")).expectStatus(200)
        let id = try await site.database.read { reader in
            try reader.one("SELECT id FROM recheck WHERE territory_id = \(Place.suoiThong.id)").id("id")
        }
        let path = "/rechecks/\(id)"
        var page = try await kaHuong.open(path).expectStatus(200)
        #expect(page.says("Rà soát đầy đủ"))
        let json = try await kaHuong.json(path).jsonObject
        let lines = try #require(json["lines"] as? [[String: Any]])
        let parts = try #require(json["parts"] as? [[String: Any]])
        let groups = parts.compactMap { $0["code"] as? String }
        #expect(groups == ["I", "II", "III", "IV", "V"])
        #expect(parts.compactMap { $0["listed"] as? Int }.reduce(0, +) == lines.count && lines.count > 20)
        #expect(page.says("Đã ghi 0 trong \(lines.count) chỉ tiêu"))

        // The second group first, with a fault: what was typed in it comes back, in its group.
        let second = try await kaHuong.open(path + "?group=II").expectStatus(200)
        let form = try second.form("/looks")
        #expect(form.names.allSatisfy { $0.contains(".II.") }, "no other group's fields: \(form.names)")
        var wrong = Dictionary(
            uniqueKeysWithValues: lines.filter { $0["part"] as? String == "II" }.map {
                ("value.\($0["code"] as? String ?? "")", typed($0))
            })
        wrong["value.II.1"] = "140"
        wrong["note.II.2"] = "Đếm lại sổ"
        let refused = try await kaHuong.send(form.filled(wrong)).expectStatus(422)
        let back = try refused.form("/looks")
        #expect(refused.error(beside: "value.II.1") != nil && back.values["note.II.2"] == "Đếm lại sổ")
        #expect(back.values["group"] == "II" && back.values["value.II.1"] == "140")
        let saved = try await kaHuong.send(back.filled(["value.II.1": "99"])).expectStatus(200)
        #expect(saved.path.contains("group=III"), "goes on with the next open group: \(saved.path)")
        #expect(saved.says("Đã ghi \(wrong.count - 1) trong \(lines.count) chỉ tiêu"), "\(saved.text.prefix(600))")

        for group in ["III", "IV", "V", "I"] {
            page = try await kaHuong.open(path + "?group=\(group)").expectStatus(200)
            let values = lines.filter { $0["part"] as? String == group }.map {
                ("value.\($0["code"] as? String ?? "")", typed($0))
            }
            page = try await kaHuong.send(
                page.form("/looks").filled(Dictionary(uniqueKeysWithValues: values))
            ).expectStatus(200)
        }
        #expect(page.says("Đã ghi \(lines.count) trong \(lines.count) chỉ tiêu"))
        let kept = try await kaHuong.press("/conclusion", on: page)
        #expect(kept.status == 200 && kept.says("giữ danh hiệu"))
    }
}
