import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Surveys

@Suite("Surveys: what a form showed") struct SurveysShownTests {
    @Test(arguments: [
        // What a whole form showed, what is typed, what stands there now.
        ("9", "9", "9", "stays"), ("9", "8", "9", "changes"), ("9", "", "9", "changes"), ("9", "9", "7", "stays"),
        ("9", "8", "7", "collides"), ("9", "7", "7", "stays"), ("9", "", "7", "collides"), ("", "8", "7", "collides"),
        ("", "", "7", "stays"), ("", "8", "", "changes"), ("9", "8", "", "collides"),
    ])
    func aFieldIsHeldAgainstWhatItShowed(_ was: String, _ typed: String, _ held: String, _ wanted: String) {
        let shown = Surveys.Shown(Surveys.Shown.all, was: was.isEmpty ? [:] : ["A": was])
        #expect(shown.covers("A") && shown.outcome(of: "A", typed: typed, held: held).rawValue == wanted)
    }

    @Test func aProgramNamesWhatItTakesOutAndOverWhichRevision() {
        let plain = Surveys.Shown(nil, was: [:])
        #expect(!plain.covers("A") && plain.outcome(of: "A", typed: "8", held: "7") == .changes)
        let one = Surveys.Shown("A", was: [:])
        #expect(one.covers("A") && !one.covers("B") && one.outcome(of: "A", typed: "", held: "7") == .changes)
        let older = Surveys.Shown(nil, was: [:], isOlder: true)
        #expect(older.outcome(of: "A", typed: "8", held: "7") == .collides)
        #expect(older.outcome(of: "A", typed: "7", held: "7") == .stays)
    }
}

@Suite("Surveys: two people, and half a form", .databases) struct SurveysTogetherTests {
    private func begun(_ engine: TestEngine) async throws -> (site: TestSite, head: Browser, survey: String) {
        let site = try await SurveysStoryTests.site(engine)
        let head = try await site.signIn(.yaThuong)
        let values = try await head.send(
            try await head.open(SurveysStoryTests.area).form().filled(["title": "outstanding", "year": "2026"]))
        return (site, head, String(values.path.dropLast("/values".count)))
    }

    private func kept(_ survey: String, _ browser: Browser) async throws -> [String: String] {
        let form = try await browser.open("\(survey)/values").expectStatus(200).form("/values")
        return form.values.filter { $0.key.hasPrefix("value.") && !$0.value.isEmpty }
    }

    @Test(arguments: TestEngine.all) func anOlderFormOfValuesTakesNothingOutAndSaysWhereItCollides(
        on engine: TestEngine
    ) async throws {
        let (site, head, survey) = try await begun(engine)
        let chair = try await site.signIn(.kaHuong)
        let old = try await chair.open("\(survey)/values").expectStatus(200)
        try await head.send(
            try await head.open("\(survey)/values").form("/values").filled(["value.III.1": "92", "value.III.2": "40"])
        ).expectStatus(200)
        // The other form, opened before, touches another indicator only: all stand.
        try await chair.send(old.form("/values").filled(["value.III.3": "84"])).expectStatus(200)
        #expect(
            try await kept(survey, head) == ["value.III.1": "92", "value.III.2": "40", "value.III.3": "84"],
            "what the old form did not show was not taken out")

        let both = try await chair.send(old.form("/values").filled(["value.III.1": "80", "value.III.4": "no"]))
            .expectStatus(409)
        #expect(both.error(beside: "value.III.1")?.contains("Người khác vừa lưu \"92\", ở đây đang ghi \"80\"") == true)
        #expect(both.error(beside: "value.III.2") == nil, "what was not touched is no quarrel")
        let redrawn = try both.form("/values")
        #expect(redrawn.values["value.III.1"] == "80" && redrawn.values["value.III.4"] == "no", "nothing typed is lost")
        #expect(redrawn.values["value.III.2"] == "40", "the newer value is shown where nobody typed")
        #expect(try await kept(survey, head)["value.III.1"] == "92", "nothing was written")
        // Having seen both, the next press is meant.
        try await chair.send(redrawn).expectStatus(200)
        let last = try await kept(survey, head)
        #expect(last["value.III.1"] == "80" && last["value.III.2"] == "40" && last["value.III.4"] == "no")
        // What a form shows and somebody empties is taken out.
        let page = try await head.open("\(survey)/values")
        try await head.send(page.form("/values").filled(["value.III.2": ""])).expectStatus(200)
        #expect(try await kept(survey, head)["value.III.2"] == nil)
    }

    @Test(arguments: TestEngine.all) func whatAProgramDoesNotSendStays(on engine: TestEngine) async throws {
        let (_, head, survey) = try await begun(engine)
        try await head.json(
            "\(survey)/values", sending: #"{"value.III.1": "92", "value.III.2": "40", "na.III.4": "on"}"#
        ).expectStatus(200)
        let part = try await head.json("\(survey)/values", sending: #"{"value.III.3": "84"}"#)
        #expect(part.status == 200, "\(part.text)")
        let all = ["value.III.1": "92", "value.III.2": "40", "value.III.3": "84"]
        #expect(try await kept(survey, head) == all)
        #expect(try await head.open("\(survey)/values").form("/values").values["na.III.4"] == "on")
        // Over an older revision nothing is guessed.
        let late = try await head.json("\(survey)/values", sending: #"{"value.III.1": "70", "over": 1}"#)
        #expect(late.status == 409 && late.body.contains("92") && late.body.contains("70"), "\(late.body)")
        try await head.json("\(survey)/values", sending: #"{"shown": "III.2"}"#).expectStatus(200)
        #expect(try await kept(survey, head) == ["value.III.1": "92", "value.III.3": "84"], "the one that it names")
    }

    @Test(arguments: TestEngine.all) func whatAGapNeedsIsNotWrittenOver(on engine: TestEngine) async throws {
        let (site, head, survey) = try await begun(engine)
        try await head.json("\(survey)/values", sending: #"{"value.III.3": "84"}"#).expectStatus(200)
        let chair = try await site.signIn(.kaHuong)
        let gap = "\(survey)/gaps/III.3"
        let old = try await chair.open(gap).expectStatus(200)
        try await head.send(
            try await head.open(gap).form().filled(["works": "lắp đèn ngõ 2", "worksAmount": "12", "worksUnit": "bóng"])
        ).expectStatus(200)
        let added = try await chair.send(old.form().filled(["money": "mua dây", "moneyAmount": "18"])).expectStatus(200)
        #expect(try added.form().values["works"] == "lắp đèn ngõ 2", "the other's lines stand")
        let both = try await chair.send(old.form().filled(["works": "trồng cây", "people": "tổ 3"])).expectStatus(409)
        #expect(both.error(beside: "works")?.contains("lắp đèn ngõ 2") == true)
        let redrawn = try both.form().values
        #expect(redrawn["works"] == "trồng cây" && redrawn["people"] == "tổ 3" && redrawn["money"] == "mua dây")
        #expect(redrawn["worksAmount"] == "12")
        try await chair.send(both.form()).expectStatus(200)
        // A program that sends one line changes that one.
        try await head.json(gap, sending: #"{"moneyAmount": "20"}"#).expectStatus(200)
        let last = try await head.open(gap).form().values
        #expect(last["works"] == "trồng cây" && last["worksUnit"] == "bóng" && last["moneyAmount"] == "20")
        try await head.send(try await head.open(gap).form().filled(["people": ""])).expectStatus(200)
        #expect(try await head.open(gap).form().values["people"] == "")
    }
}
