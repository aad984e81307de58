import Testing

@testable import Criteria

@Suite struct CriteriaShareTests {
    static let texts: [(String, String?)] = [
        ("60%", "60%"), (" 62.5 % ", "62.5%"), ("62,5%", "62.5%"), ("2/3", "2/3"), ("> 50%", "> 50%"),
        (">1/2", "> 50%"),
        (">= 80%", "80%"), ("4/6", "2/3"), ("0%", "0%"), ("120%", "120%"), ("1/8", "12.5%"), ("33.333%", "33.333%"),
        ("60", nil), ("", nil), ("1/0", nil), ("a%", nil), ("-5%", nil), ("1/2/3", nil), ("99999999/1", nil),
        ("< 50%", nil), ("%", nil), ("½", nil),
    ]

    @Test(arguments: texts) func readsAndWrites(given: String, expected: String?) {
        let share = Criteria.Share(text: given)
        #expect(share?.text == expected)
        if let share { #expect(Criteria.Share(text: share.text) == share) }
    }

    /// The figures of the demonstration: quorum, ballot, decision on joint contributions.
    static let needed: [(String, Int, Int)] = [
        ("> 50%", 214, 108), ("> 50%", 215, 108), ("2/3", 214, 143), ("2/3", 300, 200), ("60%", 214, 129),
        ("90%", 161, 145), ("100%", 7, 7), ("0%", 7, 0), ("> 0%", 7, 1),
    ]

    @Test(arguments: needed) func saysHowManyAreNeeded(text: String, whole: Int, needed: Int) throws {
        let share = try #require(Criteria.Share(text: text))
        #expect(share.needed(of: whole) == needed)
        #expect(share.isReached(by: needed, of: whole))
        #expect(needed == 0 || !share.isReached(by: needed - 1, of: whole))
        #expect(!share.isReached(by: 0, of: 0))
    }

    static let order: [(String, String, Bool)] = [
        ("50%", "60%", true), ("60%", "50%", false), ("50%", "> 50%", true), ("> 50%", "50%", false),
        ("50%", "50%", false), ("2/3", "66.667%", true),
    ]

    @Test(arguments: order) func knowsTheLooser(one: String, other: String, isLooser: Bool) throws {
        let one = try #require(Criteria.Share(text: one))
        let other = try #require(Criteria.Share(text: other))
        #expect(one.isLooser(than: other) == isLooser)
    }
}
