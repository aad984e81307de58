import Core
import Criteria
import Recognition

/// The values of the story's files, read as the year's set has their indicators.
extension DemonstrationFiles {
    /// Reads a value as the file has it: a number with a point, true, false, na, or a grade.
    func value(_ text: String, of code: String, in dossier: DemonstrationDossier) throws -> Criteria.Value {
        func fault(_ problem: String) -> DemonstrationFault {
            DemonstrationFault(file: "dossiers.yaml", key: "\(dossier.area).\(code)", problem: problem)
        }
        guard let indicator = set.indicator(code) else { throw fault("the set has no such indicator") }
        let value: Criteria.Value
        switch (text, indicator.kind) {
        case ("na", _): value = .notApplicable(reason: indicator.notApplicableIf ?? "")
        case ("true", .yesNo): value = .yes(true)
        case ("false", .yesNo): value = .yes(false)
        case (_, .grade): value = .grade(text)
        default:
            guard let quantity = Quantity.parse(text.replacing(".", with: ",")) else {
                throw fault("not a value: \(text)")
            }
            value = .quantity(quantity)
        }
        if let refusal = Criteria.refusal(of: value, for: indicator) { throw fault("\(text): \(refusal.key)") }
        return value
    }

    /// A note belongs beside the last value of its indicator.
    func note(_ code: String, beside side: Recognition.Side, in dossier: DemonstrationDossier) -> String? {
        let last: Recognition.Side =
            dossier.appraisal?[code] != nil ? .appraisal : dossier.check?[code] != nil ? .check : .own
        return side == last ? dossier.notes?[code] : nil
    }
}
