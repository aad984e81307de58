import Core
import Database
import Foundation
import Organisation

extension Ballots {
    /// Whether its result counts anywhere.
    package enum Kind: String, Sendable, CaseIterable, Codable {
        /// About an area's recognition; its result is counted together with paper.
        case recognition
        /// For practice, and to show how it goes; labelled so wherever it stands.
        case practice
    }

    /// What a ballot is about, in words for its question.
    package struct Purpose: Sendable, Equatable {
        package let kind: Kind
        /// The record it is about: a posting; nil for practice.
        package let subject: ID?
        /// The title's name; empty for practice.
        package let titleVi: String
        package let titleEn: String
        package let year: Int

        package init(kind: Kind, subject: ID? = nil, titleVi: String = "", titleEn: String = "", year: Int) {
            self.kind = kind
            self.subject = subject
            self.titleVi = titleVi
            self.titleEn = titleEn
            self.year = year
        }
    }

    /// A ballot of one area.
    package struct Ballot: Governed {
        package static let kind = "ballot"

        package let id: ID
        package let area: TerritoryTitle
        package let commune: TerritoryTitle?
        package let purpose: Purpose
        package let questions: QuestionSet
        package let households: Int
        /// Paper slips that went out beside the codes.
        package let paper: Int
        package let window: Window
        let publicKey: [UInt8]
        let codesMark: [UInt8]
        package let at: Instant
        package let closedAt: Instant?
        /// Why there is no result: the key was lost, or what it was about began anew.
        package let givenUp: String?
        package let spoilt: Int
        package let frozen: Frozen?
        package let revision: Int
        package let place: [ID]

        /// Where a ballot stands on a day, by its days and by what was done to it.
        package enum Stage: String, Sendable, CaseIterable, Codable {
            /// Its days have not come.
            case ahead
            case open
            /// Its days are over; it waits for its closing.
            case over
            case closed
            case givenUp
        }

        /// How it stands on a day.
        package func stage(on day: Day) -> Stage {
            if givenUp != nil { return .givenUp }
            if closedAt != nil { return .closed }
            if window.isOver(on: day) { return .over }
            return window.isOpen(on: day) ? .open : .ahead
        }

        /// Why no vote is taken on a day; nil while it is open.
        package func refusalToVote(on day: Day, _ language: Language) -> Refusal? {
            switch stage(on: day) {
            case .closed, .givenUp: Refusal(.conflict, "ballots.refusal.closed")
            default: window.refusalToVote(on: day, language)
            }
        }
    }

    /// How many codes there are and how many came back. A count of codes says nothing about who.
    package struct Codes: Sendable, Equatable, Codable {
        /// Of ordinary batches that stand.
        package let households: Int
        package let spares: Int
        package let burnt: Int

        package init(households: Int, spares: Int, burnt: Int) {
            self.households = households
            self.spares = spares
            self.burnt = burnt
        }

        package static let none = Codes(households: 0, spares: 0, burnt: 0)
    }

    /// Codes that were drawn in one go, without the codes: how many, by whom, how many are burnt.
    package struct Batch: Sendable {
        package let id: ID
        package let kind: BatchKind
        package let codes: Int
        package let burnt: Int
        package let by: String?
        package let at: Instant
        package let cancelledAt: Instant?

        /// Whether it is offered to cancel it. Nothing but what everybody is told goes into this: the answer would
        /// tell of a batch of one code whether its household answered.
        package func mayTryCancelling(inAll burnt: Int) -> Bool { codes >= Ballots.fewOfPart || burnt == 0 }

        /// Why it cannot be cancelled.
        ///
        /// - Parameter all: codes of the whole ballot that were used.
        package func refusalToCancel(inAll all: Int) -> Refusal? {
            guard mayTryCancelling(inAll: all) else {
                return Refusal(.conflict, "ballots.refusal.batchSmall", ["least": "\(Ballots.fewOfPart)"])
            }
            return burnt == 0 ? nil : Refusal(.conflict, "ballots.refusal.batchUsed")
        }
    }

    /// A ballot that was given more days: from its last day to another, and why.
    package struct Extension: Sendable {
        package let before: Day
        package let after: Day
        package let reason: String
        package let by: String?
        package let at: Instant
    }

    /// The part of a result that came by code: what recognition adds to the paper.
    package struct Box: Sendable, Equatable {
        package let ballot: ID
        package let codes: Codes
        package let window: Window
        package let isClosed: Bool
        package let spoilt: Int
        /// Nil until closing.
        package let tally: Tally?

        package init(ballot: ID, codes: Codes, window: Window, isClosed: Bool, spoilt: Int = 0, tally: Tally?) {
            self.ballot = ballot
            self.codes = codes
            self.window = window
            self.isClosed = isClosed
            self.spoilt = spoilt
            self.tally = tally
        }
    }
}

extension Ballots.Ballot {
    static let columns: SQL = """
        b.id, b.territory_id, b.kind, b.subject_id, b.title_vi, b.title_en, b.year, b.questions, b.households, \
        b.paper, b.opens_on, b.last_on, b.public_key, b.codes_mark, b.at, b.closed_at, b.given_up_why, b.spoilt, \
        b.result_text, b.result_hash, b.revision, t.kind AS area_kind, t.designation AS area_designation, \
        t.name AS area_name, p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation, \
        p.name AS commune_name
        """

    static let joins: SQL = "JOIN territory t ON t.id = b.territory_id LEFT JOIN territory p ON p.id = t.parent_id"

    init(_ row: Row, place: [ID]) throws {
        id = try row.id("id")
        area = try Self.title(row, "territory_id", "area")
        commune = try row.optionalID("commune_id") == nil ? nil : Self.title(row, "commune_id", "commune")
        purpose = Ballots.Purpose(
            kind: try row.word("kind"), subject: try row.optionalID("subject_id"),
            titleVi: try row.text("title_vi"), titleEn: try row.text("title_en"), year: try row.integer("year"))
        questions = try JSONDecoder().decode(
            Ballots.QuestionSet.self, from: Data(try row.text("questions").utf8))
        households = try row.integer("households")
        paper = try row.integer("paper")
        window = Ballots.Window(from: try row.day("opens_on"), last: try row.day("last_on"))
        publicKey = try row.bytes("public_key")
        codesMark = try row.bytes("codes_mark")
        at = try row.instant("at")
        closedAt = try row.optionalInstant("closed_at")
        givenUp = try row.optionalText("given_up_why")
        spoilt = try row.integer("spoilt")
        let hash = try row.optionalText("result_hash")
        frozen = try row.optionalText("result_text").flatMap { text in
            hash.map { Ballots.Frozen(text: text, hash: $0) }
        }
        revision = try row.integer("revision")
        self.place = place
    }

    private static func title(_ row: Row, _ id: String, _ prefix: String) throws -> TerritoryTitle {
        TerritoryTitle(
            id: try row.id(id), kind: try row.word("\(prefix)_kind"),
            designation: try row.word("\(prefix)_designation"), name: try row.text("\(prefix)_name"))
    }
}

extension Row {
    /// A stored word of a closed list.
    func word<Word: RawRepresentable>(_ column: String) throws -> Word where Word.RawValue == String {
        let text = try text(column)
        guard let word = Word(rawValue: text) else { throw UnknownBallotWord(column: column, word: text) }
        return word
    }
}

/// A stored word that the program does not know: written by a newer one.
struct UnknownBallotWord: Error {
    let column: String
    let word: String
}
