import Ballots
import Core
import Database
import Documents
import Logging
import Recognition

/// The demonstration (dữ liệu minh họa): the folder Demonstration told from its first day to its last.
///
/// Every entry of the files becomes one or more happenings with an hour. They are put in order, the clock is moved to
/// each, and each does through the features' stores what a person would do through the pages, under the permits of
/// the cast where the cast has somebody for it. So history, audit trail and deadlines carry the times of the story;
/// reminders that fall due on the way are carried out as the server would have done.
///
///   DemonstrationFiles            the files, read and checked
///   DemonstrationPlaces, …Cast, …Year   what stands in them
///   DemonstrationVersions, …OtherYear   the set's versions, and the years before and after on theirs
///   DemonstrationPractices        practices, followers, looks at models, one handover
///   DemonstrationTree, …People, …Titles, …Round, …Review, …Panel, …Draft, …Issue   the happenings drawn from them
///   DemonstrationScene            who is who, and acting as somebody
///   DemonstrationPicture, PictureCanvas   drawn pictures in place of photographs

/// Fills a new, migrated database with the demonstration and marks it as one. `seed demo` and the tests share it.
///
/// - Parameters:
///   - database: without a territory, a person or a mark.
///   - files: where pictures go.
///   - ballots: where the keys of ballots are kept, of which one is open on the demonstration's day.
///   - assetsRoot: the folder in which the folder Demonstration stands.
///   - clock: sets the clock of the database's world. It is left at eight in the morning of the demonstration's day.
///   - progress: told how many happenings of how many have happened.
/// - Throws: `DemonstrationFault` when the files do not fit together or the stores refuse what they say.
/// - Returns: how many of what there are now.
@discardableResult
package func seedDemonstration(
    into database: Database, files: ContentStore, ballots: BallotsKeys = .inMemory(), assetsRoot: String,
    clock: @escaping @Sendable (Instant) -> Void, progress: (Int, Int) -> Void = { _, _ in }
) async throws -> [DemonstrationCount] {
    let story = try DemonstrationFiles.read(assetsRoot + "/Demonstration")
    let scene = try DemonstrationScene(story, database: database, files: files)
    let happenings = try [
        DemonstrationTree.happenings(story), DemonstrationPeople.happenings(story),
        DemonstrationCriteria.happenings(story),
        DemonstrationTitles.happenings(story), DemonstrationProfile.happenings(story),
        DemonstrationPractices.happenings(story),
        DemonstrationRound.happenings(story, scene), DemonstrationOtherYear.happenings(story, scene),
        DemonstrationBallots.happenings(story, ballots),
        DemonstrationGoals.happenings(story),
        DemonstrationRechecks.happenings(story, scene),
        DemonstrationSurveys.happenings(story),
    ].flatMap { $0 }.inOrder
    let reminders = DemonstrationReminders(database, clock, ballots)
    clock(happenings[0].at)
    try await DemonstrationMark.write(day: story.year.today, to: database)
    for (index, happening) in happenings.enumerated() {
        try await reminders.carryOut(before: happening.at)
        clock(happening.at)
        do { try await happening.act(scene) } catch let refusal as Refusal {
            let words = ([refusal.key] + refusal.arguments.map { "\($0) = \($1)" }.sorted()).joined(separator: ", ")
            throw DemonstrationFault(file: happening.file, key: happening.key, problem: "refused: \(words)")
        } catch is NotFound {
            throw DemonstrationFault(file: happening.file, key: happening.key, problem: "something is not there")
        }
        progress(index + 1, happenings.count)
    }
    try await reminders.carryOut(before: story.year.today.start)
    clock(story.year.today.start + .hours(8))
    return try await DemonstrationCount.all(of: story.year.today, database)
}

/// Something that happens at an hour of the story.
struct DemonstrationHappening {
    let at: Instant
    /// The entry it was drawn from, for words about what went wrong.
    let file: String
    let key: String
    let act: (DemonstrationScene) async throws -> Void

    /// - Parameter clock: of the day in Vietnam, "19:42".
    init(
        _ day: Day, _ clock: String, _ file: String, _ key: String,
        _ act: @escaping (DemonstrationScene) async throws -> Void
    ) throws {
        guard let at = day.at(clock: clock) else {
            throw DemonstrationFault(file: file, key: key, problem: "\(clock) is no time of day")
        }
        self.at = at
        self.file = file
        self.key = key
        self.act = act
    }

    private init(
        at: Instant, file: String, key: String, _ act: @escaping (DemonstrationScene) async throws -> Void
    ) {
        self.at = at
        self.file = file
        self.key = key
        self.act = act
    }

    /// The same in another scene than the main one: that of another year.
    func within(_ scene: DemonstrationScene) -> DemonstrationHappening {
        DemonstrationHappening(at: at, file: file, key: key) { _ in try await act(scene) }
    }
}

extension [DemonstrationHappening] {
    /// By the hour; of the same hour in the order given.
    fileprivate var inOrder: [DemonstrationHappening] {
        enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}

/// Carries out the reminders that fall due while the story goes on.
struct DemonstrationReminders {
    private let database: Database
    private let clock: @Sendable (Instant) -> Void
    private let runner: JobRunner

    init(_ database: Database, _ clock: @escaping @Sendable (Instant) -> Void, _ ballots: BallotsKeys) {
        self.database = database
        self.clock = clock
        runner = JobRunner(
            database, effects: Wiring.jobEffects(ballots),
            log: Logger(label: "seed") { _ in SwiftLogNoOpLogHandler() })
    }

    func carryOut(before end: Instant) async throws {
        while let due = try await nextDue(before: end) {
            clock(due)
            while try await runner.runOne() {}
        }
    }

    private func nextDue(before end: Instant) async throws -> Instant? {
        try await database.read { reader in
            try reader.first(
                """
                SELECT due_at FROM job WHERE done_at IS NULL AND tries = 0 AND due_at < \(end) ORDER BY due_at LIMIT 1
                """)?.instant("due_at")
        }
    }
}
