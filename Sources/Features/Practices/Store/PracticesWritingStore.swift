import Core
import Database
import Documents
import Organisation
import People

/// A picture that was made anew and put into the store of files, about to be recorded.
package struct PracticeNewPicture: Sendable {
    package let address: ContentAddress
    package let thumbnail: ContentAddress
    package let width: Int
    package let height: Int

    package init(address: ContentAddress, thumbnail: ContentAddress, width: Int, height: Int) {
        self.address = address
        self.thumbnail = thumbnail
        self.width = width
        self.height = height
    }
}

/// What a place says of having followed.
package struct PracticeNewFollowing: Sendable {
    package let territory: ID
    package let since: Day
    package let changed: String
    package let result: String?
    package let different: String?

    package init(territory: ID, since: Day, changed: String, result: String?, different: String?) {
        self.territory = territory
        self.since = since
        self.changed = changed
        self.result = result
        self.different = different
    }
}

/// Whose deed it is.
package struct PracticeHand: Sendable {
    /// Nil where a seed tells of somebody it does not name.
    package let person: ID?
    package let organisation: ID

    package init(person: ID?, organisation: ID) {
        self.person = person
        self.organisation = organisation
    }

    /// - Throws: `NotFound` for a permit that stands on no office, which these acts never do.
    package init<Subject>(_ permit: Permit<Subject>) throws {
        guard let grant = permit.grant else { throw NotFound() }
        self.init(person: permit.actor.person, organisation: grant.organisation)
    }
}

/// Writes practices, within the transaction of a permit or of a seed.
extension PracticesStore {
    /// Keeps a practice as it was told; it waits for the commune.
    package static func add(
        _ text: PracticeText, at territory: ID, set: String, code: String, _ hand: PracticeHand, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO practice (id, territory_id, organisation_id, set_code, code, name, search_key, story, sources, cost,
                labour_days, weeks, state, shared_by, shared_at, is_public, revision)
            VALUES (\(id), \(territory), \(hand.organisation), \(set), \(code), \(text.name), \(searchKey(text)),
                \(text.story), \(text.sources), \(text.cost?.dong), \(text.labourDays), \(text.weeks), 'shared',
                \(hand.person), \(tx.now), \(false), 1)
            """)
        return id
    }

    private static func searchKey(_ text: PracticeText) -> String {
        VietnameseText.searchKey(of: text.name, text.story)
    }

    /// Tells it anew. The commune looks at it again before others read it.
    package static func tell(
        _ text: PracticeText, of practice: Practice, set: String, code: String, _ tx: Transaction
    ) throws {
        try tx.move("practice", practice.id, from: practice.revision)
        try tx.execute(
            """
            UPDATE practice SET name = \(text.name), search_key = \(searchKey(text)), story = \(text.story),
                sources = \(text.sources), cost = \(text.cost?.dong), labour_days = \(text.labourDays),
                weeks = \(text.weeks), set_code = \(set), code = \(code), state = 'shared', confirmed_by = NULL,
                confirmed_at = NULL, is_public = \(false)
            WHERE id = \(practice.id)
            """)
        try unlist(practice, tx)
    }

    /// The commune says that it is so; from now on everybody reads it, and finds it.
    package static func confirm(
        _ practice: Practice, isPublic: Bool, _ hand: PracticeHand, _ tx: Transaction
    ) throws {
        try tx.move("practice", practice.id, from: practice.revision)
        try tx.execute(
            """
            UPDATE practice SET state = 'confirmed', confirmed_by = \(hand.person), confirmed_at = \(tx.now),
                is_public = \(isPublic) WHERE id = \(practice.id)
            """)
        try SearchIndex.put([entry(practice)], tx)
    }

    /// Takes a practice back: the public sees it no longer, and why is kept.
    ///
    /// - Throws: `.conflict` when it moved meanwhile.
    package static func withdraw(
        _ practice: Practice, why: String, _ hand: PracticeHand, _ tx: Transaction
    ) throws {
        try tx.move("practice", practice.id, from: practice.revision)
        try tx.execute(
            """
            UPDATE practice SET state = 'withdrawn', withdrawn_by = \(hand.person), withdrawn_at = \(tx.now),
                withdrawn_why = \(why), is_public = \(false) WHERE id = \(practice.id)
            """)
        try unlist(practice, tx)
    }

    private static func entry(_ practice: Practice) -> SearchIndex.Entry {
        SearchIndex.Entry(
            kind: PracticesSearch.subject, id: practice.id, name: practice.text.name,
            content: VietnameseText.searchKey(of: practice.text.name, practice.area.name),
            territory: practice.area.id)
    }

    private static func unlist(_ practice: Practice, _ tx: Transaction) throws {
        try SearchIndex.remove(
            kind: PracticesSearch.subject, practice.id, name: practice.text.name, territory: practice.area.id, tx)
    }

    /// How many pictures a practice has.
    static func pictureCount(of practice: ID, _ reader: any Reader) throws -> Int {
        try reader.one(
            "SELECT count(*) AS many FROM practice_picture WHERE practice_id = \(practice) AND removed_at IS NULL"
        ).integer("many")
    }

    /// Adds a picture to a practice; closed until somebody lets it out.
    @discardableResult
    package static func add(
        _ picture: PracticeNewPicture, caption: String?, to practice: ID, _ hand: PracticeHand, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO practice_picture (id, practice_id, address, thumbnail, width, height, caption, added_by, at)
            VALUES (\(id), \(practice), \(picture.address.hex), \(picture.thumbnail.hex), \(picture.width),
                \(picture.height), \(caption), \(hand.person), \(tx.now))
            """)
        return id
    }

    /// Lets a picture out after both questions were answered, or takes it back in (both nil).
    package static func release(
        picture: ID, of practice: ID, children: PictureCare?, plates: PictureCare?, _ hand: PracticeHand,
        _ tx: Transaction
    ) throws {
        let isOut = children != nil && plates != nil
        let touched = try tx.execute(
            """
            UPDATE practice_picture SET released_at = \(isOut ? tx.now : nil), released_by = \(isOut ? hand.person : nil),
                children = \(children?.rawValue), plates = \(plates?.rawValue)
            WHERE id = \(picture) AND practice_id = \(practice) AND removed_at IS NULL
            """)
        guard touched == 1 else { throw NotFound() }
    }

    static func remove(picture: ID, of practice: ID, _ hand: PracticeHand, _ tx: Transaction) throws {
        let touched = try tx.execute(
            """
            UPDATE practice_picture SET removed_at = \(tx.now), removed_by = \(hand.person), released_at = NULL
            WHERE id = \(picture) AND practice_id = \(practice) AND removed_at IS NULL
            """)
        guard touched == 1 else { throw NotFound() }
    }

    /// A place followed; told again, the newer words take the place of the older, which stay in the audit trail.
    package static func follow(
        _ practice: ID, _ new: PracticeNewFollowing, _ hand: PracticeHand, _ tx: Transaction
    ) throws {
        let values: SQL = """
            since = \(new.since), changed = \(new.changed), result = \(new.result), different = \(new.different),
            organisation_id = \(hand.organisation), told_by = \(hand.person), at = \(tx.now)
            """
        try tx.execute(
            """
            INSERT INTO practice_following (practice_id, territory_id, organisation_id, since, changed, result, different,
                told_by, at)
            VALUES (\(practice), \(new.territory), \(hand.organisation), \(new.since), \(new.changed), \(new.result),
                \(new.different), \(hand.person), \(tx.now))
            ON CONFLICT (practice_id, territory_id) DO UPDATE SET \(values)
            """)
    }

    /// The commune looked; the newest day stands in the practice itself.
    package static func look(
        at practice: ID, on day: Day, isAlive: Bool, words: String?, _ hand: PracticeHand, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO practice_look (id, practice_id, looked_on, is_alive, words, looked_by, organisation_id, at)
            VALUES (\(tx.ids.next()), \(practice), \(day), \(isAlive), \(words), \(hand.person), \(hand.organisation),
                \(tx.now))
            """)
        try tx.execute(
            """
            UPDATE practice SET looked_on = \(day), is_alive = \(isAlive)
            WHERE id = \(practice) AND (looked_on IS NULL OR looked_on <= \(day))
            """)
    }
}
