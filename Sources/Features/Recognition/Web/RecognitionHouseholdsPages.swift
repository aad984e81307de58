import Core
import Web

/// What the page of the meeting says of the number of households: where it changed, and where the area's profile says
/// another one by now.
extension RecognitionReviewOutput {
    func householdNotices(_ view: View) -> [WebNotice] {
        let format = view.language.format
        let told = background.householdTexts(view).map { WebNotice(.plain, text: $0) }
        guard let recorded, let households = terms.households,
            [.assessing, .reviewing].contains(dossier.state)
        else { return told }
        return told + [
            WebNotice(
                .plain,
                text: view(
                    "recognition.households.otherwise",
                    ["households": format.integer(households), "recorded": format.integer(recorded)]))
        ]
    }

    /// For the commune; begins with what the area's profile says.
    func changingForm(_ view: View) -> FormView {
        view.form(
            RecognitionHouseholdsForm.self, action: "\(home)/households",
            filled: ["households": (recorded ?? terms.households).map { "\($0)" } ?? ""], hasPrimary: false)
    }
}
