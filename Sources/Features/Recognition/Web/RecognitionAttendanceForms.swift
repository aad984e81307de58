import Core
import Web

extension FormReader {
    /// The people of a field with a line for each; every line that cannot be read is refused beside it.
    package func attendees(_ name: String) -> [Recognition.Attendee] {
        guard let text = text(name) else { return [] }
        do throws(Refusal) {
            return try Recognition.Attendance.read(text, field: name)
        } catch {
            for refusal in [error] + error.others { refuse(refusal.field, refusal.key, refusal.arguments) }
            return []
        }
    }
}

extension RecognitionMinutes.Table {
    /// A line with its number for each person, and room to sign in. Where nobody is named, empty lines for names that
    /// are written by hand.
    static func signing(_ people: [Recognition.Attendee], blank: Int = 0, _ view: View) -> RecognitionMinutes.Table {
        let lines =
            people.map { [$0.name, $0.duty ?? ""] }
            + Array(repeating: ["", ""], count: people.isEmpty ? blank : 0)
        return RecognitionMinutes.Table(
            [
                view("recognition.paper.order"), view("recognition.attendance.name"),
                view("recognition.attendance.duty"), view("recognition.review.paper.signature"),
            ], signatures: [3], lines.enumerated().map { index, line in ["\(index + 1)"] + line + [""] })
    }
}
