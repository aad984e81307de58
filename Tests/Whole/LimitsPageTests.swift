import Ballots
import Core
import Documents
import Foundation
import Offices
import Recognition
import TestKit
import Testing

@testable import Database
@testable import People
@testable import Web

/// `docs/limits.md` tells an operator what is taken at most. It is written by hand and must not lie.
@Suite("The page of limits")
struct LimitsPageTests {
    private static let rows: [(String, Int)] = {
        let (list, evidence) = (Limits.standard, Limits.evidence)
        return [
            ("pixels of one picture", list.pixels), ("pixels along one side", list.pictureSide),
            ("longest side of a picture as it is kept", list.keptSide),
            ("longest side of its thumbnail", list.thumbnailSide),
            ("files inside one archive (a list)", list.archiveEntries),
            ("files inside one archive (a document as evidence)", evidence.archiveEntries),
            ("times its packed size that a file may unpack to", list.packedRatio), ("rows of a sheet", list.rows),
            ("columns of a sheet", list.columns), ("fields of one form", Body.fieldsLimit),
            ("pieces of one indicator", Recognition.EvidenceLimit.perIndicator),
            ("files sent at once", Recognition.EvidenceLimit.atOnce),
            ("rows of an offices' grid", Offices.Limit.rows), ("columns of an offices' grid", Offices.Limit.columns),
            ("letters of a pasted text", Offices.Limit.pasted),
            ("guesses at one account from unknown browsers in 15 minutes", PeopleThrottle.account.most),
            ("guesses from one address in 60 minutes", PeopleThrottle.source.most),
            ("guesses at the second step in 15 minutes", PeopleThrottle.code.most),
            ("ballot codes that do not hold, from one address in 15 minutes", Ballots.GuessLimit.most),
            ("comments on one posting from one address in 1 hour", Recognition.CommentLimit.most),
            (
                "minutes a session on a shared browser stays open unused",
                Int(PeopleSessionTerm.shared.idle.components.seconds / 60)
            ),
            (
                "days a session on one's own browser stays open unused",
                Int(PeopleSessionTerm.own.idle.components.seconds / 86_400)
            ),
            ("days any session lasts", Int(PeopleSessionTerm.absolute.components.seconds / 86_400)),
            ("seconds one turn on PostgreSQL takes without getting on", Int(Deadline.shared.limit)),
        ]
    }()

    private static func row(_ what: String, _ most: Int) -> String {
        let grouped = String(String(most).reversed()).chunks(of: 3).joined(separator: ",")
        return "| \(what) | \(String(grouped.reversed())) |"
    }

    @Test("Each number on it is the one in the code")
    func numbers() throws {
        let page = try String(contentsOfFile: "\(Checkout.root)/docs/limits.md", encoding: .utf8)
        for (what, most) in LimitsPageTests.rows {
            #expect(page.contains(LimitsPageTests.row(what, most)), "\(LimitsPageTests.row(what, most))")
        }
        #expect(
            page.contains(
                "| bytes of one file sent as evidence, scan or list | \(Limits.standard.uploadBytes >> 20) MiB |"))
        #expect(page.contains("| bytes of an archive unpacked (a list) | \(Limits.standard.unpackedBytes >> 20) MiB |"))
        // The comparison sees a number that is off by one.
        #expect(!page.contains(LimitsPageTests.row("columns of a sheet", Limits.standard.columns + 1)))
    }
}

extension String {
    fileprivate func chunks(of size: Int) -> [String] {
        stride(from: 0, to: count, by: size).map { String(dropFirst($0).prefix(size)) }
    }
}
