import Core
import Web

/// The rules that hold for a dossier, in numbers.
struct RecognitionTermsAnswer: Encodable, Sendable {
    /// "> 50%", as the criteria set writes shares.
    let quorum: String
    let carried: String
    let postingDays: Int
    let response: String
    let satisfied: String
    /// Households of the area and the least number of them for a quorum; nil while the area's size is not recorded.
    let households: Int?
    let needed: Int?
    /// Assumed by the product where neither rules nor criteria state them.
    let isConstructed: Bool
    /// Stated by criteria for the demonstration.
    let isExample: Bool

    init(_ terms: Recognition.Terms, households: Int?) {
        quorum = terms.quorum.text
        carried = terms.carried.text
        postingDays = terms.postingDays
        response = terms.response.text
        satisfied = terms.satisfied.text
        self.households = households
        needed = households.map { terms.quorum.needed(of: $0) }
        isConstructed = terms.isConstructed
        isExample = terms.isExample
    }

    /// Where the figures are from, unless a document in force states them.
    func mark(_ view: View) -> String? {
        if isConstructed { return view("recognition.review.constructed") }
        return isExample ? view("recognition.review.example") : nil
    }
}

/// One sitting as it was recorded.
struct RecognitionSittingAnswer: Encodable, Sendable {
    let id: ID
    let day: Day
    let venue: String
    let chair: String
    let secretary: String
    let present: Int
    let households: Int
    let needed: Int
    let neededVotes: Int
    let hasQuorum: Bool
    let votedDown: [String]
    /// Households for the list as a whole.
    let list: Int?
    /// Indicators that were voted upon apart.
    let disputed: [String]
    let opinions: String
    /// It voted on what was voted down before, and on nothing else.
    let isRest: Bool
    /// When it goes on, where it was adjourned.
    let next: Day?
    /// Those who came in a duty and sign the minutes.
    let attended: [Recognition.Attendee]

    init(_ sitting: Recognition.Sitting) {
        id = sitting.id
        day = sitting.day
        venue = sitting.venue
        chair = sitting.chair
        secretary = sitting.secretary
        present = sitting.present
        households = sitting.households
        needed = sitting.needed
        neededVotes = sitting.neededVotes
        hasQuorum = sitting.hasQuorum
        votedDown = sitting.votedDown
        list = sitting.list
        disputed = sitting.disputed.sorted()
        opinions = sitting.opinions
        isRest = sitting.isRest
        next = sitting.next
        attended = sitting.attended
    }

    /// "158 of 214 households".
    func size(_ view: View) -> String {
        let format = view.language.format
        return view(
            "recognition.review.size",
            ["present": format.integer(present), "households": format.integer(households)])
    }

    func status(_ view: View) -> WebStatus {
        hasQuorum
            ? WebStatus(.done, view("recognition.review.quorum"))
            : WebStatus(.unmet, view("recognition.review.noQuorum"))
    }
}
