import Core
import Database
import Organisation
import Web

/// Field checks of one dossier: the form to fill in on the spot, and its paper.
enum RecognitionVisitRoutes {
    static let routes: [Route] = [
        .get("/dossiers/:id/visit", .signedIn, RecognitionVisitOutput.self) { try visit($0) },
        .post("/dossiers/:id/visit", .holding(.appraise), RecognitionVisitForm.self, again: { try visit($0) }) {
            try putVisit($0, $1)
        },
        .get("/dossiers/:id/visit/paper", .signedIn, RecognitionVisitPaperOutput.self) { try visitPaper($0) },
    ]

    private static func visit(_ call: Call<Actor>) throws -> RecognitionVisitOutput {
        let work = try RecognitionPanelWorkRoutes.find(call)
        let isAble = work.able.contains(call.who.person)
        return RecognitionVisitOutput(
            work, mayRecord: isAble && work.appraisal.endedAt == nil, reader: call.who.person)
    }

    private static func putVisit(_ call: Call<Actor>, _ form: RecognitionVisitForm) throws -> Change {
        let (work, permit) = try RecognitionPanelWorkRoutes.seated(call)
        let codes = Set(work.assessment.indicators.map(\.code))
        let visit = Recognition.NewVisit(
            day: form.visit.day, isAnnounced: form.visit.isAnnounced, members: form.visit.members,
            others: form.visit.others, remark: form.visit.remark,
            looks: form.visit.looks.filter { codes.contains($0.code) })
        var refusals: [Refusal] = []
        if visit.day > call.today {
            refusals.append(Refusal(.invalid, "recognition.panel.refusal.visitAhead", field: "day"))
        }
        if visit.day < work.appraisal.takenAt.day {
            refusals.append(
                Refusal(
                    .invalid, "recognition.panel.refusal.visitBefore", field: "day",
                    ["day": call.language.format.day(work.appraisal.takenAt.day)]))
        }
        if visit.members.isEmpty {
            refusals.append(Refusal(.invalid, "recognition.panel.refusal.nobodyWent", field: "members"))
        }
        if let refusal = work.refusalToVisit(visit.members + [call.who.person]) { refusals.append(refusal) }
        if visit.looks.isEmpty {
            refusals.append(Refusal(.invalid, "recognition.panel.refusal.nothingSeen"))
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return .write(permit, as: "panel.visit") { tx in
            try RecognitionStore.putVisit(visit, dossier: work.dossier.id, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: work.dossier.id, location: "/dossiers/\(work.dossier.id)/visit", version: work.dossier.revision,
                flash: "recognition.panel.flash.visited")
        }
    }

    private static func visitPaper(_ call: Call<Actor>) throws -> RecognitionVisitPaperOutput {
        let work = try RecognitionPanelWorkRoutes.find(call)
        return RecognitionVisitPaperOutput(
            visit: RecognitionVisitOutput(work, mayRecord: false, reader: call.who.person),
            superior: work.panel.body)
    }
}
