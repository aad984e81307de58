import Core
import Testing

@testable import Recognition

@Suite("Who counts a ballot") struct RecognitionBallotCounterTests {
    /// Three different people by name, however it is written, none of whom wrote the self-assessment.
    @Test(arguments: [
        (["K'Đoan", "Trần Thị Lụa", "Đinh Công Sáu"], ""),
        (["K'Đoan", "Trần Thị Lụa", "tran thi lua"], "counter3 counterTwice"),
        (["K'Đoan", "k’đoan", "KĐoan"], "counter2 counterTwice, counter3 counterTwice"),
        (["Nguyễn Thị Hoa", "Nguyễn Thị Hoa (1960)", "Ya Sương"], ""),
        (["K'Đoan", "...", "123"], "counter2 counters, counter3 counters"),
        (["ya thuong", "Trần Thị Lụa", "Đinh Công Sáu"], "counter1 counterWrote"),
        (["Ya Thương", "Ya Thương", ""], "counter1 counterWrote, counter2 counterTwice, counter3 counters"),
        (["Ya Thương (1990)", "Trần Thị Lụa", "Đinh Công Sáu"], ""),
    ])
    func threeDifferentPeopleCount(_ names: [String], _ wanted: String) {
        let count = Recognition.BallotCount(
            returned: 163, valid: 161, satisfied: 149, unsatisfied: 7, noOpinion: 5, counters: names,
            fetchedBy: "Ka Hạnh")
        let refusals = count.refusal(handedOut: 214, writers: ["Ya Thương", "Kon Sa Ha Miên"])?.all ?? []
        let told = refusals.map { "\($0.field ?? "") \($0.key.split(separator: ".").last ?? "")" }
        #expect(told.joined(separator: ", ") == wanted)
    }

    /// Somebody is named, and nobody of the Front Work Committee, however it is written (docs/people.md, rule 5).
    @Test(arguments: [
        ("Trần Thị Lụa", ""), ("Ya Thương (1990)", ""), ("", "fetchedBy"), ("123", "fetchedBy"),
        ("ya thuong", "fetchedByCommittee"), ("Ya  Thương", "fetchedByCommittee"),
    ])
    func somebodyElseBringsTheBox(_ name: String, _ wanted: String) {
        let count = Recognition.BallotCount(
            returned: 163, valid: 161, satisfied: 149, unsatisfied: 7, noOpinion: 5, counters: ["A", "B", "C"],
            fetchedBy: name)
        let refusal = count.refusal(handedOut: 214, committee: ["Ya Thương"])
        #expect((refusal?.key.split(separator: ".").last.map(String.init) ?? "") == wanted)
        #expect(refusal?.field == (wanted.isEmpty ? nil : "fetchedBy"))
    }

    /// Both entries name who brought it: two names are a difference like two figures.
    @Test func bothEntriesAgreeOnWhoBroughtTheBox() {
        func count(_ name: String) -> Recognition.BallotCount {
            Recognition.BallotCount(
                returned: 1, valid: 1, satisfied: 1, unsatisfied: 0, noOpinion: 0, counters: ["A", "B", "C"],
                fetchedBy: name)
        }
        #expect(count("Trần Thị Lụa").differing(from: count("trần thị lụa")) == [])
        #expect(count("Trần Thị Lụa").differing(from: count("Ka Hạnh")) == [.fetchedBy])
    }
}
