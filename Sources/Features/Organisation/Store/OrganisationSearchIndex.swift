import Core
import Database

/// The words of names: one row for each word of a name and each territory it is to be found in. It holds for a million
/// names; what it finds first is found without reading the rest.
///
/// How a question is answered depends on the rarest of its words:
///
///   few names have it       they are read, held against the other words and the sight, and ordered
///   many, a narrow sight    the territories seen are walked, each a range of the second index
///   many, a wide sight      the word's range is walked in its order until enough fit; at most `reach` rows
///
/// In all three the other words are held against `content`, which stands in the same row: no other table is read
/// before something fits.
package enum SearchIndex {
    /// Something to be found.
    package struct Entry: Sendable {
        /// "area", "organisation", "person" …
        package let kind: String
        package let id: ID
        package let name: String
        /// All words it may be asked for by, folded: its own and those of its place.
        package let content: String
        package let territory: ID

        package init(kind: String, id: ID, name: String, content: String, territory: ID) {
            self.kind = kind
            self.id = id
            self.name = name
            self.content = content
            self.territory = territory
        }
    }

    /// The kind of persons: they are ordered by given name.
    package static let person = "person"

    static let few = 2_000
    static let narrow = 3_000
    static let reach = 50_000

    static func sortKey(_ kind: String, _ name: String) -> String {
        kind == person ? VietnameseOrder.personSortKey(of: name) : VietnameseOrder.sortKey(of: name)
    }

    // Writing.

    /// Adds entries; those that are there already stay.
    package static func put(_ entries: [Entry], _ writer: any Writer) throws {
        var rows: [(word: String, key: String, index: Int)] = []
        rows.reserveCapacity(entries.count * 3)
        for (index, entry) in entries.enumerated() {
            let key = sortKey(entry.kind, entry.name)
            for word in words(of: entry.kind, entry.name) { rows.append((word, key, index)) }
        }
        // In the order of the key: words put in anywhere would read and write its pages again and again.
        rows.sort {
            $0.word != $1.word
                ? $0.word.utf8.lexicographicallyPrecedes($1.word.utf8)
                : $0.key == $1.key ? $0.index < $1.index : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }
        var insert = BulkInsert(
            "INSERT INTO search_word (subject_kind, word, sort_key, subject_id, territory_id, content) VALUES ",
            columns: 6, tail: " ON CONFLICT DO NOTHING", writer)
        for row in rows {
            let entry = entries[row.index]
            try insert.add(
                .text(entry.kind), .text(row.word), .text(row.key), .id(entry.id), .id(entry.territory),
                .text(entry.content))
        }
        try insert.flush()
    }

    /// Takes a name out, in one territory or in all.
    package static func remove(
        kind: String, _ id: ID, name: String, territory: ID? = nil, _ writer: any Writer
    ) throws {
        let here: SQL = territory.map { "AND territory_id = \($0)" } ?? .empty
        try writer.execute("DELETE FROM search_word WHERE \(row(kind, id, name)) \(here)")
    }

    /// Changes the words of a name's place.
    static func setContent(_ content: String, kind: String, _ id: ID, name: String, _ writer: any Writer) throws {
        try writer.execute("UPDATE search_word SET content = \(content) WHERE \(row(kind, id, name))")
    }

    private static func row(_ kind: String, _ id: ID, _ name: String) -> SQL {
        """
        subject_kind = \(kind) AND word IN (\(SQL.list(words(of: kind, name))))
        AND sort_key = \(sortKey(kind, name)) AND subject_id = \(id)
        """
    }

    /// The words a name is found by. Of persons also each pair of words that most people bear: neither of them leads
    /// anywhere by itself, both together do.
    private static func words(of kind: String, _ name: String) -> [String] {
        let words = VietnameseText.nameWords(name)
        return kind == person ? words + pairs(words).map(\.name) : words
    }

    private static func pairs(_ words: [String]) -> [(name: String, words: [String])] {
        let known = words.filter { heavy[$0] != nil }.sorted()
        return known.indices.flatMap { first in
            known[(first + 1)...].map { ("\(known[first])+\($0)", [known[first], $0]) }
        }
    }

    // Finding.

    /// Words that stand before names of units and so tell nothing apart; they filter but seldom lead.
    private static let common: Set<String> = Set(
        Designation.allCases.flatMap(\.folded).flatMap { $0.split(separator: " ").map(String.init) })

    /// The first ids of a kind whose names have all these words, in any order, or words that begin so.
    ///
    /// - Parameter words: folded, as `VietnameseText.searchWords` gives them.
    package static func find(
        _ words: [String], kind: String, seenBy sight: Sight, limit: Int, _ reader: any Reader
    ) throws -> [ID] {
        guard !sight.roots.isEmpty else { return [] }
        let single = try leads(of: words, kind: kind, most: few + 1, reader)
        guard let first = single.first else { return [] }
        let isNarrow = first.count > few ? try self.isNarrow(sight, reader) : false
        var found: [ID] = []
        func add(_ more: [ID]) { found += more.filter { !found.contains($0) } }
        if kind == person, first.count > few, !isNarrow {
            // Whoever has both words of a pair; then those that only begin so.
            let pairs = pairs(words).sorted { weight($0) < weight($1) }
            if let pair = pairs.first {
                let others = words.filter { !pair.words.contains($0) }
                add(try reached(pair.name, kind, others, sight, limit, reader))
                if found.count >= limit { return Array(found.prefix(limit)) }
            }
        }
        for lead in single.prefix(3) {
            let others = words.filter { $0 != lead.word }
            add(
                lead.count <= few
                    ? try ordered(range(lead.word, kind), others, sight, limit, reader)
                    : isNarrow
                        ? try walked(lead.word, kind, others, sight, limit, reader)
                        : try reached(lead.word, kind, others, sight, limit, reader))
            // A word may stand only in a place's name and lead nowhere: then the next one leads. A person is found by
            // the person's own words alone, so that one word decides, unless its range was not walked to the end.
            if !found.isEmpty || kind == person && (lead.count <= few || isNarrow) { break }
        }
        return Array(found.prefix(limit))
    }

    private static func weight(_ pair: (name: String, words: [String])) -> Int {
        pair.words.reduce(1) { $0 * (heavy[$1] ?? 1) }
    }

    /// The words that lead to rows, the rarest first, with how many rows, counted up to `most`.
    static func leads(
        of words: [String], kind: String, most: Int, _ reader: any Reader
    ) throws -> [(word: String, count: Int)] {
        let telling = words.filter { !common.contains($0) }
        var counted: [(word: String, count: Int)] = []
        for word in telling.isEmpty ? words : telling {
            let count = try reader.one(
                "SELECT count(*) AS n FROM (SELECT 1 AS one FROM search_word w WHERE \(range(word, kind)) LIMIT \(most)) few"
            ).integer("n")
            if count > 0 { counted.append((word, count)) }
        }
        return counted.enumerated().sorted {
            // Of words alike frequent the one that fewer people bear, then the longer one tells more.
            ($0.element.count, weight($0.element.word), -$0.element.word.utf8.count, $0.offset)
                < ($1.element.count, weight($1.element.word), -$1.element.word.utf8.count, $1.offset)
        }.map(\.element)
    }

    /// How many in a thousand names have a word, roughly, among the words that most have; counting them in the index
    /// would cost more than the question.
    private static let heavy: [String: Int] = [
        "nguyen": 380, "thi": 350, "van": 300, "tran": 110, "le": 95, "pham": 70, "hoang": 60, "huynh": 50, "phan": 45,
        "vu": 40, "vo": 40, "thanh": 60, "ngoc": 60, "minh": 60, "duc": 50, "dang": 25, "bui": 22, "do": 15, "ho": 14,
        "ngo": 14, "duong": 14, "ly": 8, "huu": 40, "quang": 40, "cong": 40, "xuan": 40, "hong": 40, "dinh": 40,
        "trong": 30, "mai": 30, "kim": 30, "thu": 30, "ka": 12, "ha": 20, "nai": 15, "an": 20, "anh": 20,
    ]

    /// Of a word that is only begun: that of all it may become.
    private static func weight(_ word: String) -> Int {
        let begun = heavy.reduce(0) { $1.key.hasPrefix(word) ? $0 + $1.value : $0 }
        return word.utf8.count < 3 ? max(begun, 30) : begun
    }

    private static func range(_ word: String, _ kind: String) -> SQL {
        "w.subject_kind = \(kind) AND \(OrganisationStore.begins("w.word", with: word))"
    }

    private static func fits(_ others: [String]) -> SQL {
        others.reduce(SQL.empty) { $0 + " AND \(OrganisationStore.contains("w.content", $1))" }
    }

    /// One name may have two words that begin alike, or be found in two territories: so many rows may be needed.
    private static func rows(_ limit: Int) -> Int { limit * 2 }

    private static func ordered(
        _ range: SQL, _ others: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [ID] {
        try unique(
            reader.rows(
                """
                SELECT w.subject_id AS id FROM search_word w WHERE \(range) \(fits(others))
                AND \(sight.covers("w.territory_id")) ORDER BY w.sort_key, w.subject_id LIMIT \(rows(limit))
                """), limit)
    }

    /// `CROSS JOIN` keeps the embedded engine on this order, territories first; a kind behind `coalesce` keeps it on the
    /// index by territory.
    private static func walked(
        _ word: String, _ kind: String, _ others: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [ID] {
        try unique(
            reader.rows(
                """
                SELECT w.subject_id AS id FROM territory_closure c CROSS JOIN search_word w
                WHERE c.ancestor_id IN (\(SQL.list(sight.roots))) AND w.territory_id = c.descendant_id
                AND \(OrganisationStore.begins("w.word", with: word)) AND coalesce(w.subject_kind, '') = \(kind)
                \(fits(others)) ORDER BY w.sort_key, w.subject_id LIMIT \(rows(limit))
                """), limit)
    }

    /// What fits is counted in, row by row: of an EXISTS PostgreSQL makes a join that goes through a whole country's
    /// territories for each row.
    private static func reached(
        _ word: String, _ kind: String, _ others: [String], _ sight: Sight, _ limit: Int, _ reader: any Reader
    ) throws -> [ID] {
        try unique(
            reader.rows(
                """
                SELECT w.subject_id AS id FROM (
                    SELECT w.word, w.sort_key, w.subject_id, w.territory_id, w.content FROM search_word w
                    WHERE \(range(word, kind)) ORDER BY w.word, w.sort_key, w.subject_id LIMIT \(reach)) w
                WHERE 1 = 1 \(fits(others)) AND (
                    SELECT count(*) FROM territory_closure c
                    WHERE c.descendant_id = w.territory_id AND c.ancestor_id IN (\(SQL.list(sight.roots)))) > 0
                LIMIT \(rows(limit))
                """), limit)
    }

    private static func isNarrow(_ sight: Sight, _ reader: any Reader) throws -> Bool {
        try reader.one(
            """
            SELECT count(*) AS n FROM (SELECT 1 AS one FROM territory_closure c
            WHERE c.ancestor_id IN (\(SQL.list(sight.roots))) LIMIT \(narrow + 1)) few
            """
        ).integer("n") <= narrow
    }

    private static func unique(_ rows: [Row], _ limit: Int) throws -> [ID] {
        var seen: Set<ID> = []
        return Array(try rows.map { try $0.id("id") }.filter { seen.insert($0).inserted }.prefix(limit))
    }
}
