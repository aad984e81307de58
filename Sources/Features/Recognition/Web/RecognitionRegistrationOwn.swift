import Core
import Criteria
import Web

/// One or two own indicators that the area's meeting chose, named with the registration: agreed before the year's work
/// begins. Optional: the page shows the fields to whoever asks for them; the later way stays.
enum RecognitionRegistrationOwn {
    /// The most that the form has room for; the set may have room for fewer.
    static let most = 2

    static func name(_ part: String, _ index: Int) -> String {
        "own\(index + 1)" + part.prefix(1).uppercased() + part.dropFirst()
    }

    static let fields: [Field] = (0..<most).flatMap { index in
        RecognitionOwnForm.fields.map { Field(name($0.name, index), $0.kind, optional: true) }
    }

    /// What was typed; a line without anything is no proposal, one that was begun must be whole.
    static func read(_ read: FormReader) -> [(index: Int, proposal: Recognition.OwnProposal)] {
        (0..<most).compactMap { index in
            func field(_ part: String) -> String { RecognitionRegistrationOwn.name(part, index) }
            let name = read.text(field("name"))
            let kind = read.choice(field("kind")).flatMap(Recognition.OwnProposal.Kind.init(rawValue:))
            let compare = read.choice(field("compare"))
            let threshold = read.quantity(field("threshold"))
            let unit = read.choice(field("unit")).flatMap(Criteria.Measure.init(rawValue:))
            let evidence = read.text(field("evidence"))
            let verifier = read.text(field("verifier"))
            let day = read.day(field("day"))
            let isBegun =
                name != nil || kind != nil || evidence != nil || threshold != nil || verifier != nil || day != nil
                || unit != nil || compare != nil
            guard isBegun else { return nil }
            for (part, isMissing) in [
                ("name", name == nil), ("kind", kind == nil), ("evidence", evidence == nil),
                ("verifier", verifier == nil), ("day", day == nil),
            ] where isMissing && !read.errors.contains(where: { $0.field == field(part) }) {
                read.refuse(field(part), "web.field.missing")
            }
            guard let name, let kind, let evidence, let verifier, let day else { return nil }
            return (
                index,
                Recognition.OwnProposal(
                    name: name, kind: kind, unit: unit, isAtMost: compare == "atMost", threshold: threshold,
                    evidence: evidence, verifier: verifier, meeting: day)
            )
        }
    }

    /// Why they cannot be proposed so, beside the registration's fields.
    ///
    /// - Parameters:
    ///   - room: how many own indicators the set has room for.
    ///   - standing: how many stand already, of a registration that is taken up again.
    static func refusals(
        _ owns: [(index: Int, proposal: Recognition.OwnProposal)], room: Int, standing: Int, on today: Day
    ) -> [Refusal] {
        owns.enumerated().flatMap { before, own in
            (own.proposal.refusal(most: room, before: standing + before, on: today)?.all ?? []).map { one in
                Refusal(one.kind, one.key, field: name(one.field ?? "name", own.index), one.arguments)
            }
        }
    }

    /// A part of the page for each, with the labels of the page on which one is proposed later.
    struct Part: Sendable {
        let title: String
        let fields: [WebField]
    }

    static func labels(_ view: View) -> [String: String] {
        var labels: [String: String] = [:]
        for index in 0..<most {
            for field in RecognitionOwnForm.fields {
                labels[name(field.name, index)] = view("\(RecognitionOwnForm.name).\(field.name).label")
            }
        }
        return labels
    }

    static func options(_ view: View) -> [String: [WebOption]] {
        var options: [String: [WebOption]] = [:]
        for index in 0..<most {
            for (part, values) in [
                ("kind", Recognition.OwnProposal.Kind.allCases.map(\.rawValue)), ("compare", ["atLeast", "atMost"]),
            ] {
                options[name(part, index)] = values.map {
                    WebOption(value: $0, label: view("\(RecognitionOwnForm.name).\(part).option.\($0)"))
                }
            }
            options[name("unit", index)] = Recognition.OwnProposal.units.map {
                WebOption(value: $0.rawValue, label: view("criteria.unit.\($0.rawValue).many"))
            }
        }
        return options
    }

    static func parts(of form: FormView, room: Int, _ view: View) -> [Part] {
        (0..<min(room, most)).map { index in
            Part(
                title: view("recognition.registration.ownNumber", ["number": "\(index + 1)"]),
                fields: RecognitionOwnForm.fields.compactMap { form.field[name($0.name, index)] })
        }
    }

    /// Whether the fields show by themselves: something was typed there or is wrong.
    static func isOpen(_ form: FormView) -> Bool {
        form.messages.keys.contains { $0.hasPrefix("own") }
            || form.typed?.contains { $0.key.hasPrefix("own") && !$0.value.isEmpty } ?? false
    }
}
