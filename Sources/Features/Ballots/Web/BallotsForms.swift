import Core
import Web

/// How many slips with codes to print.
struct BallotsCodesForm: Form {
    static let name = "ballots.codes"
    static let fields = [Field("count", .whole(1...100_000), unit: "ballots.unit.slips")]

    let count: Int

    init?(_ read: FormReader) {
        guard let count = read.whole("count") else { return nil }
        self.count = count
    }
}

/// How many spare slips to print, for households that lost theirs.
struct BallotsSparesForm: Form {
    static let name = "ballots.spares"
    static let fields = [Field("count", .whole(1...100_000), unit: "ballots.unit.slips")]

    let count: Int

    init?(_ read: FormReader) {
        guard let count = read.whole("count") else { return nil }
        self.count = count
    }
}

struct BallotsCancelForm: Button {
    static let name = "ballots.cancellation"
}

/// A later last day, with a reason that everybody reads.
struct BallotsExtensionForm: Form {
    static let name = "ballots.extension"
    static let fields = [Field("last", .day), Field("reason", .text(200))]

    let last: Day
    let reason: String

    init?(_ read: FormReader) {
        let last = read.day("last")
        let reason = read.text("reason")
        guard let last, let reason else { return nil }
        self.last = last
        self.reason = reason
    }
}

struct BallotsCloseForm: Button {
    static let name = "ballots.closing"
}

/// Why a box whose key is lost ends without a result.
struct BallotsGiveUpForm: Form {
    static let name = "ballots.givingUp"
    static let fields = [Field("reason", .text(200))]

    let reason: String

    init?(_ read: FormReader) {
        guard let reason = read.text("reason") else { return nil }
        self.reason = reason
    }
}

struct BallotsKioskForm: Button {
    static let name = "ballots.kiosk"
}

/// A ballot for practice: an area and its days.
struct BallotsPracticeForm: Form {
    static let name = "ballots.practice"
    static let fields = [Field("area", .record), Field("last", .day)]

    let area: ID
    let last: Day

    init?(_ read: FormReader) {
        let area = read.record("area")
        let last = read.day("last")
        guard let area, let last else { return nil }
        self.area = area
        self.last = last
    }
}

/// A household's slip: its code, and one mark for each question.
struct BallotsVoteForm: Form {
    static let name = "ballots.slip"
    static let fields = [
        // Not said to be needed, so that a missing code is told together with the marks that are missing.
        Field("code", .text(60), optional: true, autocomplete: "off", digits: true), Field("answer", .group(20)),
    ]

    let code: Ballots.Code?
    let marks: [String: String]
    /// What is wrong with the code as it was typed.
    let refusal: Refusal?

    init?(_ read: FormReader) {
        marks = read.group("answer")
        guard let typed = read.text("code") else {
            code = nil
            refusal = Refusal(.invalid, "web.field.missing", field: "code")
            return
        }
        do throws(Refusal) {
            code = try Ballots.Code(typed: typed)
            refusal = nil
        } catch {
            code = nil
            refusal = error
        }
    }

    /// The code and the answers, or all that is wrong with either.
    func read(_ set: Ballots.QuestionSet) throws(Refusal) -> (Ballots.Code, Ballots.Slip) {
        var refusals = [refusal].compactMap { $0 }
        var slip: Ballots.Slip?
        do throws(Refusal) { slip = try set.slip(marks) } catch { refusals += error.all }
        if let refusal = Refusal.of(refusals) { throw refusal }
        guard let code, let slip else { throw Refusal(.invalid, "web.field.missing", field: "code") }
        return (code, slip)
    }
}

/// Finds the area of a ballot by name.
enum BallotsFind {
    static let fields = [Field("q", .text(80), optional: true)]
}
