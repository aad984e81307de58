import Core
import Criteria
import Database
import Synchronization

/// The criteria sets as recognition needs them: the one frozen with a dossier, and those published for new ones.
enum RecognitionCriteria {
    /// A published set never changes, so it is read and taken apart once.
    private static let known = Mutex<[ID: CriteriaSet]>([:])

    static func set(_ id: ID, _ reader: any Reader) throws -> CriteriaSet {
        if let set = known.withLock({ $0[id] }) { return set }
        let row = try reader.one("SELECT status, yaml FROM criteria_set WHERE id = \(id)")
        guard let set = Criteria.YAML.read(try row.text("yaml")).set else { throw NotFound() }
        if try row.text("status") != "draft" { known.withLock { $0[id] = set } }
        return set
    }

    /// The newest published set for residential areas that applies on a day.
    static func published(on day: Day, _ reader: any Reader) throws -> (id: ID, set: CriteriaSet)? {
        for row in try reader.rows("SELECT id FROM criteria_set WHERE status = 'published' ORDER BY version DESC, id DESC") {
            let id = try row.id("id")
            let set = try set(id, reader)
            if set.subject == .residentialArea, set.effectiveFrom.map({ $0 <= day }) ?? false { return (id, set) }
        }
        return nil
    }
}
