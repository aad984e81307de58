import Core
import Criteria
import Organisation
import Web

/// On an area's page: the titles it holds, and where its latest dossier is and since when.
package enum RecognitionAreaTelling {
    package static let telling = AreaTelling { area, call in
        let words = call.words
        let format = call.language.format
        let titles = try RecognitionStore.publicTitles(of: area, call.reader).filter { $0.holds(on: call.today) }
        let held = titles.map { title in
            let level = words("criteria.level.\(title.level.rawValue)")
            let until = title.until.map { words("recognition.held.until", ["day": format.day($0.adding(days: -1))]) }
            return AreaTelling.Line(
                words("recognition.area.told.title"),
                [words("recognition.held.line", ["title": title.name, "level": level]), until].compactMap { $0 }
                    .joined(separator: ", "), href: "/areas/\(area)/titles")
        }
        let none = AreaTelling.Line(words("recognition.area.told.title"), words("recognition.area.told.noTitle"))
        guard let dossier = try RecognitionStore.dossiers(of: area, seenBy: call.sight, call.reader).first else {
            return held.isEmpty ? [none] : held
        }
        let title = try RecognitionStore.criteria(of: dossier, call.reader).title(dossier.title)?.name
        let name = title.map { call.language == .en && !$0.en.isEmpty ? $0.en : $0.vi } ?? dossier.title
        let state = words(
            "recognition.state.\(dossier.state.word(to: dossier.level, isReviewed: dossier.isReviewed))")
        let since = words("recognition.area.told.since", ["day": format.day(dossier.since.day)])
        return (held.isEmpty ? [none] : held) + [
            AreaTelling.Line(
                words("recognition.area.told.dossier", ["year": "\(dossier.year)"]), "\(name): \(state), \(since)",
                href: "/dossiers/\(dossier.id)")
        ]
    }
}
