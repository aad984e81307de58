import App
import ArgumentParser
import Core
import Database
import Foundation
import Logging
import Organisation

/// Searches a million names made in place, in a database of its own: how long the first results take.
///
/// Names are drawn from the family, middle and given names that are common in the country, with their frequencies;
/// questions from the names themselves: one to four of their words in any order, the last one perhaps cut short, for a
/// sight of the whole, of one commune or of one area.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "search")

    /// A folder for the embedded engine's file.
    @Option var data: String
    @Option var postgres: String?
    @Option var names: Int = 1_000_000
    @Option var questions: Int = 2_000

    func run() async throws {
        let world = World(clock: Clock { Instant(milliseconds: 1_794_193_200_000) }, ids: .counting(), secrets: .system)
        let log = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let database: Database
        if let postgres {
            database = Database(engine: try PostgresEngine(postgres), world: world, log: log)
        } else {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            database = Database(engine: try SQLiteEngine(path: data + "/search.db"), world: world, log: log)
        }
        try await database.migrate(SchemaOrder.migrations)
        let began = ContinuousClock.now
        let country = try await SearchCountry.lay(names, in: database)
        let seeded = (ContinuousClock.now - began).inSeconds
        var dice = Dice(seed: 11)
        var times: [Double] = []
        var slowest: (took: Double, words: String) = (0, "")
        var (found, wanted) = (0, 0)
        for _ in 0..<questions {
            let name = country.names[dice.below(country.names.count)]
            let sight = country.sight(&dice)
            let words = SearchCountry.question(name.text, &dice)
            let start = ContinuousClock.now
            let hits = try await database.read { reader in
                try SearchIndex.find(words, kind: SearchIndex.person, seenBy: sight, limit: 21, reader)
            }
            let took = (ContinuousClock.now - start).inSeconds * 1_000
            times.append(took)
            if took > slowest.took {
                let reach = sight.roots == [country.root] ? "all" : "a commune or an area"
                slowest = (took, words.joined(separator: " ") + ", seeing " + reach)
            }
            if sight.roots == [country.root] {
                wanted += 1
                if !hits.isEmpty { found += 1 }
            }
        }
        times.sort()
        print(
            """
            {"names": \(names), "seeded": \(seeded), "questions": \(questions), "p50": \(times[times.count / 2]), \
            "p99": \(times[times.count * 99 / 100]), "max": \(times[times.count - 1]), "found": \(found), "slowest": "\(slowest.words)", \
            "wanted": \(wanted)}
            """)
    }
}

/// Three thousand areas in three hundred communes, with names spread over them.
private struct SearchCountry {
    let root: ID
    let communes: [ID]
    let areas: [ID]
    /// A sample to ask for.
    let names: [(text: String, area: ID)]

    private static let areaCount = 30_000
    private static let communeCount = 3_000

    static func lay(_ count: Int, in database: Database) async throws -> SearchCountry {
        let root = database.world.ids.next()
        let communes = (0..<communeCount).map { _ in database.world.ids.next() }
        let areas = (0..<areaCount).map { _ in database.world.ids.next() }
        var dice = Dice(seed: 7)
        try await database.maintenance(reason: .seed) { connection in
            try connection.run("BEGIN")
            var units = [NewTerritory(id: root, .country, "Minh", parent: nil)]
            units += communes.enumerated().map { NewTerritory(id: $1, .commune, "Xa \($0)", parent: root) }
            units += areas.enumerated().map {
                NewTerritory(id: $1, .thon, "Thon \($0)", parent: communes[$0 % communeCount])
            }
            try OrganisationStore.addTerritories(units, connection)
            try connection.run("COMMIT")
        }
        var sample: [(text: String, area: ID)] = []
        let each = 100_000
        for start in stride(from: 0, to: count, by: each) {
            var entries: [SearchIndex.Entry] = []
            for number in start..<min(start + each, count) {
                let name = SearchNames.name(&dice)
                let area = areas[dice.below(areas.count)]
                entries.append(
                    SearchIndex.Entry(
                        kind: SearchIndex.person, id: database.world.ids.next(), name: name,
                        content: VietnameseText.folded(name), territory: area))
                if number % 97 == 0 { sample.append((name, area)) }
            }
            let ready = entries
            try await database.maintenance(reason: .seed) { connection in
                try connection.run("BEGIN")
                try SearchIndex.put(ready, connection)
                try connection.run("COMMIT")
            }
        }
        if database.engine.kind == .postgres {
            // As the server's own housekeeping leaves a table some minutes after it was filled.
            try await database.maintenance(reason: .seed) { try $0.run("VACUUM (ANALYZE)") }
        }
        return SearchCountry(root: root, communes: communes, areas: areas, names: sample)
    }

    func sight(_ dice: inout Dice) -> Sight {
        switch dice.below(10) {
        case 0..<6: Sight(person: root, roots: [root])
        case 6..<9: Sight(person: root, roots: [communes[dice.below(communes.count)]])
        default: Sight(person: root, roots: [areas[dice.below(areas.count)]])
        }
    }

    /// Some words of a name in some order, the last one perhaps only begun.
    static func question(_ name: String, _ dice: inout Dice) -> [String] {
        var words = VietnameseText.searchWords(name)
        for index in words.indices.dropFirst() { words.swapAt(index, dice.below(index + 1)) }
        words = Array(words.prefix(1 + dice.below(words.count)))
        if dice.below(3) == 0, let last = words.last, last.count > 2 {
            words[words.count - 1] = String(last.prefix(2 + dice.below(last.count - 2)))
        }
        return words
    }
}

/// Numbers that are the same in every run.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ most: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, most)))
    }
}

private enum SearchNames {
    /// Per thousand, roughly as they are borne.
    private static let families: [(String, Int)] = [
        ("Nguyễn", 384), ("Trần", 110), ("Lê", 95), ("Phạm", 71), ("Hoàng", 51), ("Phan", 45), ("Vũ", 39), ("Đặng", 21),
        ("Bùi", 20), ("Đỗ", 14), ("Hồ", 13), ("Ngô", 13), ("Dương", 10), ("Lý", 5), ("Ka", 12), ("K'", 12), ("Ya", 6),
        ("Touprong", 4), ("Kră Jăn", 3), ("Lơ Mu", 3), ("Đinh", 10), ("Lương", 9), ("Mai", 8), ("Tô", 6), ("Trịnh", 8),
        ("Cao", 7), ("Võ", 9), ("Tạ", 5), ("Châu", 4), ("Kon Sa", 3),
    ]
    private static let middles = [
        "Văn", "Thị", "Thị", "Văn", "Đức", "Ngọc", "Minh", "Hữu", "Thanh", "Quang", "Thị Ngọc", "Thị Thanh", "Công",
        "Xuân", "Hồng", "Thị Mai", "Đình", "Trọng", "Nai", "Ha",
    ]
    private static let givens = [
        "An", "Anh", "Ánh", "Bảo", "Bích", "Bình", "Châu", "Chi", "Cường", "Dung", "Dũng", "Duy", "Đạt", "Đông",
        "Giang",
        "Hà", "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu", "Hòa", "Hoa", "Hùng", "Huy", "Hương", "Khải", "Khánh", "Khoa",
        "Lan", "Lân", "Liên", "Linh", "Loan", "Long", "Lực", "Ly", "Mai", "Minh", "My", "Nam", "Nga", "Ngân", "Nghĩa",
        "Nhung", "Oanh", "Phong", "Phúc", "Phương", "Quân", "Quyên", "Sáu", "Sơn", "Tâm", "Tân", "Thảo", "Thịnh", "Thu",
        "Thủy", "Thương", "Trang", "Trâm", "Trung", "Tú", "Tuấn", "Tùng", "Vân", "Việt", "Vy", "Xuân", "Yến", "Đoan",
        "Biên", "Lụa", "Miên", "Nhàn", "Phát", "Quỳnh", "Tài", "Uyên",
    ]

    static func name(_ dice: inout Dice) -> String {
        var ticket = dice.below(1_000)
        let family =
            families.first { entry in
                ticket -= entry.1
                return ticket < 0
            }?.0 ?? "Nguyễn"
        let middle = middles[dice.below(middles.count)]
        return "\(family) \(middle) \(givens[dice.below(givens.count)])"
    }
}
