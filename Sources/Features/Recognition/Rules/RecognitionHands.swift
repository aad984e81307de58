import Core

extension Recognition {
    /// What one person did to one dossier before. Who wrote a self-assessment does not check it, who checked does not
    /// issue: the same person may hold both offices, but not on the same matter.
    package struct Hands: Sendable, Equatable {
        package let did: Set<Hand>

        package init(_ did: Set<Hand>) { self.did = did }

        package static let none = Hands([])

        /// Why this person must leave a step to another; nil when nothing stands in the way.
        package func refusal(of step: LifeCycle.Step) -> Refusal? {
            step.apart.first(where: did.contains).map {
                Refusal(.forbidden, "recognition.refusal.apart.\($0.rawValue)")
            }
        }

        /// Why this person does not read residents' comments before others: whoever answers for the self-assessment,
        /// by an act or by an office in the area, would learn who said what about it (docs/people.md). Nil when
        /// nothing stands in the way.
        ///
        /// - Parameter isOfArea: the person holds an office in the area itself today.
        package func refusalToModerate(isOfArea: Bool) -> Refusal? {
            guard isOfArea || did.contains(.filled) || did.contains(.submitted) else { return nil }
            return Refusal(.forbidden, "recognition.refusal.apart.moderates")
        }
    }
}
