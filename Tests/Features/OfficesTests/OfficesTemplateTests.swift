import App
import Core
import Criteria
import Database
import Documents
import Organisation
import TestKit
import Testing

@testable import Offices

@Suite("Offices: a sheet that was filled in from the grid") struct OfficesTemplateRuleTests {
    private let mark = Offices.TemplateMark(grid: ID(high: 3, low: 4), revision: 7)

    @Test func theMarkIsReadBackAndNothingElseIsOne() {
        #expect(Offices.TemplateMark(mark.text) == mark)
        for text in ["", "km-grid:", "km-grid:x:7", "km-grid:\(mark.grid):0", "km-grid:\(mark.grid)", "\(mark.grid):7"]
        {
            #expect(Offices.TemplateMark(text) == nil, "\(text)")
        }
    }

    private func read(
        _ rows: [[String]], held: [Offices.Cell: Criteria.Value], since: [Offices.Cell: Criteria.Value?]? = [:],
        foreign: [Offices.Cell: Criteria.Value] = [:]
    ) throws -> (Offices.Paste, Offices.PasteGround) {
        let ground = Offices.PasteGround(
            rows: Ground.rows, columns: [Ground.ratio, Ground.percent, Ground.yes, Ground.grade],
            others: [Ground.other], held: held, foreign: foreign.mapValues { _ in "Công an" }, foreignHeld: foreign,
            sinceTemplate: since)
        return (try Offices.Paste.read(rows, on: ground), ground)
    }

    /// The sheet as it is handed out for these values.
    private func sheet(_ held: [Offices.Cell: Criteria.Value]) -> [[String]] {
        let columns = [Ground.ratio, Ground.percent, Ground.yes, Ground.grade]
        return [["Khu"] + columns.map { "\($0.code) \($0.name.vi)" }]
            + Ground.rows.enumerated().map { index, row in
                [row.name]
                    + columns.map { column in
                        switch Offices.TemplateCell(
                            held[Ground.cell(index, column.code)], for: column, yes: "Có", no: "Không")
                        {
                        case .text(let text): text
                        // As a spreadsheet shows it.
                        case .number(let thousandths):
                            thousandths % 1_000 == 0
                                ? "\(thousandths / 1_000)"
                                : OfficesThousandsTests.fromFile("\(Double(thousandths) / 1_000)")
                        case .empty: ""
                        }
                    }
            } + [[mark.text, "Giữ nguyên"]]
    }

    private let held: [Offices.Cell: Criteria.Value] = [
        Ground.cell(0, "I.1"): Ground.number(1_125), Ground.cell(1, "I.1"): Ground.number(1_120),
        Ground.cell(0, "II.2"): Ground.number(95_800), Ground.cell(1, "II.2"): Ground.number(100_000),
        Ground.cell(2, "II.2"): Ground.number(500), Ground.cell(0, "IV.2"): .yes(true),
        Ground.cell(1, "IV.2"): .yes(false), Ground.cell(2, "IV.2"): .notApplicable(reason: "Không có tổ"),
        Ground.cell(0, "V.1"): .grade("xuatSac"),
    ]

    @Test func unchangedItSaysNothing() throws {
        let (paste, ground) = try read(sheet(held), held: held)
        #expect(paste.changes([:], on: ground).isEmpty && paste.faults == 0 && paste.open.isEmpty)
        #expect(paste.lines.count == 3, "the mark is no line")
        #expect(paste.lines.flatMap(\.cells).allSatisfy { $0.standing == .same })
    }

    @Test func editsAreTheEditsAndAnEmptiedCellIsOne() throws {
        var rows = sheet(held)
        rows[1][2] = "96,5"
        rows[2][1] = ""
        rows[3][1] = "0,98"
        let (paste, ground) = try read(rows, held: held)
        let changes = paste.changes([:], on: ground)
        #expect(
            Set(
                changes.map {
                    "\($0.cell.code) \($0.before.map(Offices.Code.text) ?? "-") \($0.after.map(Offices.Code.text) ?? "-")"
                })
                == ["II.2 q95800 q96500", "I.1 q1120 -", "I.1 - q980"])
        // Control: without the mark an empty cell is a gap and changes nothing.
        let (bare, ground2) = try read(rows.dropLast(), held: held, since: nil)
        #expect(bare.changes([:], on: ground2).count == 2)
    }

    @Test func whatWasSavedMeanwhileStaysAndAClashIsSaid() throws {
        var rows = sheet(held)
        var now = held
        now[Ground.cell(0, "II.2")] = Ground.number(94_000)
        now[Ground.cell(1, "II.2")] = Ground.number(93_000)
        let since: [Offices.Cell: Criteria.Value?] = [
            Ground.cell(0, "II.2"): Ground.number(95_800), Ground.cell(1, "II.2"): Ground.number(100_000),
        ]
        rows[2][2] = "99"
        let (paste, ground) = try read(rows, held: now, since: since)
        #expect(paste.changes([:], on: ground).isEmpty)
        let faults = paste.lines.flatMap(\.cells).compactMap(\.fault)
        #expect(faults.map(\.key) == ["offices.cell.conflict"])
        #expect(faults.first?.arguments == ["theirs": "93", "mine": "99"])
    }

    @Test func anotherOfficesFigureMayStayAsItCame() throws {
        let foreign = [Ground.cell(0, "II.2"): Ground.number(95_800)]
        var rows = sheet(held)
        var own = held
        own[Ground.cell(0, "II.2")] = nil
        #expect(try read(rows, held: own, foreign: foreign).0.faults == 0)
        rows[1][2] = "90"
        #expect(try read(rows, held: own, foreign: foreign).0.faults == 1)
    }
}

@Suite("Offices: the sheet over HTTP", .databases) struct OfficesTemplateTests {
    private typealias S = OfficesScene

    private func begin(_ engine: TestEngine) async throws -> (TestSite, String, String) {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let grids = try await site.database.unattended(
            .seed,
            giving: { tx in
                let grids = try S.assign(set, tx)
                try S.put(.notApplicable(reason: "Không có vụ việc"), "IV.1", in: grids.police, tx)
                try S.put(.yes(true), "IV.2", in: grids.police, tx)
                try S.put(S.percent(87_250), "IV.1", of: .suoiThong, in: grids.police, tx)
                return grids
            })
        return (site, "/offices/\(grids.police)", "/offices/\(grids.insurance)")
    }

    private func rows(_ bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = []
        try SheetReader.read(bytes, named: "a.xlsx") { rows.append($0.cells) }
        return rows
    }

    private func send(_ bytes: [UInt8], to grid: String, _ browser: Browser) async throws -> Shown {
        let page = try await browser.open(grid + "/paste").expectStatus(200)
        #expect(page.links.contains(grid + "/template"))
        return try await browser.send(page.form("/file").attaching("file", file: "mau.xlsx", bytes))
    }

    @Test(arguments: TestEngine.all) func sentBackUnchangedNothingChangesAndEditsAreTheEdits(on engine: TestEngine)
        async throws
    {
        let (site, police, insurance) = try await begin(engine)
        let clerk = try await site.signIn(S.policeClerk)
        for language in ["vi", "en"] {
            _ = try await clerk.open("/language/\(language)?back=/")
            let file = try await clerk.open(police + "/template").expectStatus(200)
            #expect(file.headers[.contentDisposition]?.contains("cong-an-xa-don-duong-2026.xlsx") == true)
            let found = try rows(file.bytes)
            #expect(found[0].map { String($0.prefix(4)) }.dropFirst() == ["IV.1", "IV.2"] && found.count == 4)
            let same = try await send(file.bytes, to: police, clerk).expectStatus(200)
            #expect(
                same.says(language == "vi" ? "Không có gì thay đổi." : "Nothing to change."), "\(same.text.prefix(600))"
            )
            #expect(same.forms.allSatisfy { !$0.action.hasSuffix("/confirmation") })
        }
        _ = try await clerk.open("/language/vi?back=/")
        var edited = try rows(try await clerk.open(police + "/template").bytes)
        let (here, there) = (
            try #require(edited.firstIndex { $0[0].contains("Thông Xanh") }),
            try #require(edited.firstIndex { $0[0].contains("Suối Thông") })
        )
        edited[here][1] = ""
        edited[there] = [edited[there][0], edited[there][1], "không"]
        let bytes = try SheetWriter.bytes(of: [
            Sheet(
                "Số liệu", columns: edited[0].map { SheetColumn($0) },
                rows: edited.dropFirst().map { row in row.map { $0.isEmpty ? .empty : .text($0) } })
        ])
        let preview = try await send(bytes, to: police, clerk).expectStatus(200)
        #expect(preview.says("2 ô sẵn sàng ghi") && preview.says("để trống"))
        // The same file is not another office's.
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let wrong = try await send(bytes, to: insurance, loan).expectStatus(422)
        #expect(wrong.error(beside: "file")?.contains("cơ quan khác") == true)
        let done = try await clerk.press("/confirmation", on: preview).expectStatus(200)
        #expect(done.says("Đã ghi 2 ô."))
        // The old sheet, sent again: what it changes is there, what it did not touch stays.
        let again = try await send(bytes, to: police, clerk).expectStatus(200)
        #expect(again.says("Không có gì thay đổi."))
        let undone = try await clerk.press("/reversal", on: done).expectStatus(200)
        #expect(undone.says("Đã hoàn tác cả lần ghi."))
        let kept = try rows(try await clerk.open(police + "/template").bytes)
        #expect(kept[here][1] == "KAD")
    }
}
