import Core
import Criteria

extension Recognition {
    /// The region (vùng kinh tế - xã hội) by which some criteria ask different thresholds: what the area's profile says,
    /// found among the regions of the set.
    package enum Region {
        /// The code a dossier freezes; nil where the set has no such region, or tells none apart.
        ///
        /// - Parameter recorded: as it stands in the profile: a code, or the region's name as somebody typed it.
        package static func code(of recorded: String?, in set: CriteriaSet) -> String? {
            guard let recorded else { return nil }
            let folded = VietnameseText.folded(recorded)
            return
                (set.regions.first { $0.code == recorded }
                ?? set.regions.first { VietnameseText.folded($0.name) == folded })?.code
        }

        /// Why a dossier cannot be registered yet: its thresholds or its pass mark differ by region, and nobody has said
        /// in which the area lies. Nil when it can.
        package static func refusal(_ recorded: String?, for title: String, in set: CriteriaSet) -> Refusal? {
            let usesRegion =
                set.indicators.contains { $0.thresholds.contains { $0.region != nil } }
                || set.title(title)?.pass.marks.contains { $0.region != nil } == true
            guard usesRegion, code(of: recorded, in: set) == nil else { return nil }
            return Refusal(
                .invalid, "recognition.refusal.regionMissing", field: "title",
                ["regions": set.regions.map(\.name).joined(separator: ", ")])
        }
    }
}
