import Core

extension Route {
    /// What else is wrong with a form whose fields are not all right, so that everything is said at once: what its
    /// meaning refuses in the fields that could be read. Looking changes nothing; what is looked at is thrown away.
    static func meant<Input>(
        _ input: Input?, besides found: [FieldError], _ look: (Input) throws -> Void
    ) -> [FieldError] {
        guard let input else { return [] }
        do {
            try look(input)
            return []
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return refusal.all.filter { new in !found.contains { $0.field == new.field } }
                .map { FieldError($0.field, $0.key, $0.arguments) }
        } catch {
            return []
        }
    }
}
