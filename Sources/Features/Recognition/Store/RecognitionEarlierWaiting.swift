import Core
import Criteria
import Database
import Organisation
import Web

extension RecognitionEarlierStore {
    /// The units whose earlier decisions somebody may enter: whoever may issue decisions of a level enters those made
    /// below their unit. A commune does where the criteria in force let it decide on a title.
    static func bases(of actor: Actor, on day: Day, _ reader: any Reader) throws -> [TerritoryTitle] {
        let seats = try RecognitionStore.seats(of: actor, for: .issueDecision, on: day, reader)
        let able = try seats.filter { seat in
            guard seat.level == .commune else { return true }
            let set = try CriteriaStore.current(.residentialArea, on: day, for: seat.grant.territory, reader)?.set
            return set?.titles.contains { $0.deciders.contains { $0.level == .commune } } ?? false
        }
        guard !able.isEmpty else { return [] }
        return try OrganisationStore.roots(
            of: Sight(person: actor.person, roots: able.map(\.grant.territory)), reader)
    }
}

/// On the first days of an office the register is empty, and nothing else says so to whoever can fill it.
enum RecognitionEarlierWaiting {
    /// A card for whoever may enter decisions, as long as the whole register holds nothing and criteria name titles.
    static func waiting(_ actor: Actor, _ day: Day, _ reader: any Reader) throws -> [Waiting] {
        guard actor.holds(.issueDecision), try reader.first("SELECT id FROM title_grant LIMIT 1") == nil,
            let base = try RecognitionEarlierStore.bases(of: actor, on: day, reader).first,
            try CriteriaStore.current(.residentialArea, on: day, for: base.id, reader) != nil
        else { return [] }
        return [Waiting("recognition.earlier.waiting", minutes: 15, href: "/titles/imports/new")]
    }
}
