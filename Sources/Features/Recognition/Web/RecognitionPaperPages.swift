import Core
import Criteria
import Organisation
import Web

/// The decision as it is printed on A4 for signing (picture 15).
struct RecognitionPaperOutput: Output {
    let decision: RecognitionDecisionAnswer
    let items: [RecognitionDecisionOutput.Item]
    let withdrawals: [RecognitionDecisionOutput.Withdrawn]
    /// Refusals of other areas are left out.
    let isExtract: Bool
    let termYears: Int?
    let recheckMonths: Int?
    let legalBasis: [String]
    /// The committee whose standing board decides.
    let superior: String?

    static var sample: RecognitionPaperOutput {
        RecognitionPaperOutput(
            decision: .sample, items: RecognitionDecisionOutput.sampleItems, withdrawals: [.sample], isExtract: true,
            termYears: 3, recheckMonths: 12,
            legalBasis: ["Law"], superior: "Front")
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let number: String
            let area: String
            let commune: String
            let households: String
            let points: String
            let reason: String?
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let issuer: String
        let grounds: [String]
        let articleOne: String
        /// The list within the article; a long one follows as an annex instead.
        let rows: [Row]
        let annexed: [Row]
        let hasRows: Bool
        let hasAnnexed: Bool
        let articleTwo: String
        let articleThree: String
        let hasRefused: Bool
        let refusedTitle: String
        let refused: [Row]
        let hasWithdrawn: Bool
        let withdrawn: [Row]
        let extract: String?
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let isWithdrawal = decision.purpose == .withdrawal
        let title = view(
            isWithdrawal ? "recognition.paper.aboutWithdrawal" : "recognition.paper.about",
            ["title": decision.titleName.shown(view), "year": "\(decision.year)"])
        let place = decision.territory.name
        let isDraft = decision.state == .draft
        let recognised = rows(.recognised, view)
        let refused = rows(.refused, view)
        let isLong = recognised.count > Self.longest
        return Page(
            "recognition-paper", title: title,
            Content(
                back: WebLink("/decisions/\(decision.id)", view("recognition.paper.back")),
                document: WebDocumentHead(
                    superior: superior.map { [$0.uppercased()] } ?? [], issuer: view("recognition.paper.issuer"),
                    number: decision.number, symbol: decision.number == nil ? view("recognition.paper.symbol") : nil,
                    place: place,
                    dayText: dayText(view), isDraft: isDraft),
                about: title, issuer: decision.body.uppercased(),
                grounds: grounds(view),
                articleOne: isWithdrawal
                    ? view("recognition.paper.withdrawn", ["count": twoDigits(withdrawals.count)])
                    : articleOne(recognised.count, view) + (isLong ? view("recognition.paper.listAnnexed") : ""),
                rows: isLong ? [] : recognised, annexed: isLong ? recognised : [], hasRows: !isLong && !isWithdrawal,
                hasAnnexed: isLong,
                articleTwo: isWithdrawal
                    ? view("recognition.paper.withdrawnTwo") : articleTwo(refused.isEmpty ? nil : isLong, view),
                articleThree: view(
                    isOfCommune ? "recognition.paper.articleThreeOwn" : "recognition.paper.articleThree"),
                hasRefused: !refused.isEmpty,
                refusedTitle: view(isLong ? "recognition.paper.annexSecond" : "recognition.paper.annex"),
                refused: refused, hasWithdrawn: isWithdrawal,
                withdrawn: isWithdrawal ? withdrawnRows(view) : [],
                extract: isExtract ? view("recognition.paper.extract") : nil,
                sign: WebDocumentSign(
                    recipients: [
                        view("recognition.paper.recipientThree"),
                        view(isOfCommune ? "recognition.paper.recipientOwn" : "recognition.paper.recipientCommunes"),
                        view("recognition.paper.recipientFile"),
                    ],
                    authority: view("recognition.paper.authority"), office: decision.office?.uppercased(),
                    signer: decision.signer, blank: isDraft ? view("recognition.paper.blank") : nil),
                trace: view.trace(
                    record: decision.id, revision: decision.revision,
                    valid: view(isDraft ? "recognition.paper.notValid" : "recognition.paper.valid"),
                    opens: isDraft ? "/decisions/\(decision.id)" : "/portal/decisions/\(decision.id)")))
    }

    /// A commune's decision names the commune's own committee and its own panel.
    private var isOfCommune: Bool { decision.level == Criteria.Level.commune.rawValue }

    /// What the decision rests on; a withdrawal always on the decision it takes back and on the minutes of the hearing.
    private func grounds(_ view: View) -> [String] {
        var named = legalBasis
        if decision.purpose == .withdrawal {
            for line in withdrawals {
                named += [
                    line.basis,
                    view(
                        "recognition.paper.groundGranted",
                        ["number": line.number, "day": view.day(line.day), "title": line.name]), line.heard(view),
                ].compactMap { $0 }
            }
        }
        var seen: Set<String> = []
        let grounds = named.compactMap { Recognition.Ground.tidied($0, view) }.filter { seen.insert($0).inserted }
            .map { view("recognition.paper.ground", ["basis": $0]) }
        return decision.purpose == .withdrawal
            ? grounds
            : grounds + [
                isOfCommune
                    ? view("recognition.paper.groundOwn", ["body": decision.body])
                    : view("recognition.paper.groundDossiers", ["body": decision.body])
            ]
    }

    /// So many areas still fit into the article on the first sheet.
    private static let longest = 12

    private func dayText(_ view: View) -> String {
        decision.day.map { view.language.format.paperDate($0) }
            ?? view(
                "recognition.paper.openDay", ["month": "\(view.today.month)", "year": "\(view.today.year)"])
    }

    private func articleOne(_ count: Int, _ view: View) -> String {
        let arguments = [
            "title": decision.titleName.shown(view), "year": "\(decision.year)",
            "count": twoDigits(count), "term": termYears.map { "\($0)" } ?? "",
        ]
        return view(termYears == nil ? "recognition.paper.articleOneOpen" : "recognition.paper.articleOne", arguments)
    }

    private func twoDigits(_ count: Int) -> String { count < 10 ? "0\(count)" : "\(count)" }

    private func withdrawnRows(_ view: View) -> [Content.Row] {
        withdrawals.enumerated().map { index, line in
            Content.Row(
                number: "\(index + 1)", area: view.named(line.area), commune: line.commune?.name ?? "",
                households: view(
                    "recognition.certificate.decision", ["number": line.number, "day": view.day(line.day)]),
                points: line.name, reason: line.reason)
        }
    }

    /// - Parameter isSecond: of the annex that names who was refused, whether another one stands before it; nil where
    ///   there is none.
    private func articleTwo(_ isSecond: Bool?, _ view: View) -> String {
        var parts = [view("recognition.paper.certificate")]
        if let recheckMonths { parts.append(view("recognition.paper.recheck", ["months": "\(recheckMonths)"])) }
        if let isSecond {
            parts.append(view(isSecond ? "recognition.paper.annexSecondRef" : "recognition.paper.annexRef"))
        }
        return parts.joined(separator: " ")
    }

    private func rows(_ outcome: Recognition.Outcome, _ view: View) -> [Content.Row] {
        items.filter { $0.outcome == outcome }.enumerated().map { index, item in
            Content.Row(
                number: "\(index + 1)", area: item.dossier.areaName(view),
                commune: item.dossier.commune?.name ?? "",
                households: item.households.map { view.language.format.integer($0) } ?? "",
                points: view.points(item.total), reason: item.reason)
        }
    }
}

extension Recognition.Ground {
    /// A typed ground as the paper names it; nil where nothing is left of it.
    static func tidied(_ typed: String?, _ view: View) -> String? {
        typed.flatMap { tidied($0, word: view("recognition.paper.groundWord")) }
    }
}
