import Ballots
import Core

extension RecognitionSamples {
    static let sitting = Recognition.Sitting(
        id: id, day: day, venue: "Sample", chair: "Sample", secretary: "Sample", present: 158, households: 214,
        needed: 108, neededVotes: 80, list: 149, opinions: "Sample", votes: ["III.3": 74], disputed: ["III.3"],
        next: day, recordedAt: instant)

    static let postingDays = Recognition.PostingDays(from: day, last: day.adding(days: 9))

    static let comment = Recognition.Comment(
        id: id, dossier: id, said: "Lamps, says Sample.", contact: "0900", at: instant, state: .passed, shown: "Lamps.",
        why: "Sample", moderatedAt: instant, answer: "Mended.", answeredAt: instant, revision: 1, place: [id])

    static let topics = [Ballots.Question(code: "roads", vi: "Roads?", en: "Roads?")]

    static let ballot: Recognition.Ballot = {
        let count = Recognition.BallotCount(
            returned: 163, valid: 161, satisfied: 149, unsatisfied: 7, noOpinion: 5, counters: ["One", "Two", "Three"],
            topics: [Ballots.Tally.Line(code: "roads", satisfied: 150, unsatisfied: 6, noOpinion: 5)])
        return Recognition.Ballot(
            households: 214, handedOut: 214,
            entries: (1...2).map {
                Recognition.BallotEntry(place: $0, version: 1, person: nil, name: "Sample", at: instant, count: count)
            })
    }()
}
