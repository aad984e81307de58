import Core
import Criteria

extension RecognitionEarlier {
    /// Where "before this system" ends: from then on a title is won by registration, review, ballot, panel and signed
    /// paper, and nobody enters one round them.
    ///
    /// A unit's bodies end it with the first decision that one of them made here, an area with its registration for the
    /// title, a title with the decision that took it back here. A paper of an earlier day may come in as late as it likes.
    struct Gates {
        private struct Way: Hashable {
            let area: ID
            let kind: Recognition.TitleKind
        }

        private struct Title: Hashable {
            let area: ID
            let code: String
        }

        /// By unit, the first decision made here.
        private var decided: [ID: Known.Decision] = [:]
        private var registered: [Way: Day] = [:]
        private var withdrawn: [Title: (day: Day, number: String)] = [:]
        private var bodies: [ID: Known.Body] = [:]

        init(_ known: Known) {
            for body in known.bodies { bodies[body.id] = body }
            for decision in known.decisions where decision.isOwn {
                if let first = decided[decision.territory], first.day <= decision.day { continue }
                decided[decision.territory] = decision
            }
            for one in known.registrations {
                let way = Way(area: one.area, kind: one.kind)
                registered[way] = min(registered[way] ?? one.day, one.day)
            }
            for grant in known.grants {
                guard let number = grant.withdrawnBy, let day = grant.endedOn else { continue }
                let title = Title(area: grant.area, code: grant.kind.code)
                if let first = withdrawn[title], first.day <= day { continue }
                withdrawn[title] = (day, number)
            }
        }

        /// Why a row is not of before this system: the end of the remark's key, and its places; nil when it is.
        ///
        /// A decision that names a level which is gone counts as one of the body that signed it.
        func closed(to item: Item) -> (key: String, arguments: [String: String])? {
            let taken = withdrawn[Title(area: item.area, code: item.title)]
            if let taken, taken.day <= item.day {
                return ("withdrawnHere", ["number": taken.number, "day": taken.day.isoText])
            }
            let body = bodies[item.body]
            let kind = Recognition.TitleKind(item.title, body?.level ?? item.level)
            if let day = registered[Way(area: item.area, kind: kind)], day <= item.day {
                return ("registeredHere", ["day": day.isoText])
            }
            if let first = body.flatMap({ decided[$0.territory] }), first.day <= item.day {
                return ("decidedHere", ["number": first.number, "day": first.day.isoText])
            }
            return nil
        }
    }
}
