import Core
import Web

/// The fields of a form over what stands in them now. After a refusal whoever did not touch a field sees the newer
/// value; what was typed stays, and where it met another value, which is said beside it, the next press writes it
/// knowingly.
struct SurveysRedrawn {
    static let conflictKey = "surveys.refusal.changed"

    private let typed: [String: String]?
    private let told: Set<String>

    init(_ form: FormView, _ view: View) {
        typed = form.typed
        told = Set(
            (form.typed == nil ? [] : view.submitted?.errors ?? []).filter { $0.key == Self.conflictKey }
                .compactMap(\.field))
    }

    /// - Parameters:
    ///   - name: as `was.<name>` is sent.
    ///   - sent: what was sent, as `held` is written.
    ///   - field: beside which it was said that another value stands there.
    ///   - held: what stands there now; empty for nothing.
    /// - Returns: whether what was sent stays in the field, and what the form says that it showed.
    func field(_ name: String, sent: String, beside field: String, held: String) -> (isKept: Bool, was: String) {
        guard let typed, typed["shown"] != nil else { return (typed != nil, held) }
        let was = typed["was.\(name)"] ?? ""
        guard sent != was else { return (false, held) }
        return (true, told.contains(field) ? held : was)
    }
}
