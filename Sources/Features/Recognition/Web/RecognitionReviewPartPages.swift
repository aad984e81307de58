import Core
import Organisation
import Web

/// The parts of the review meeting's page: its sittings, votes, and the forms.
extension RecognitionReviewOutput {
    func line(_ sitting: RecognitionSittingAnswer, _ view: View) -> WebLine {
        var texts = [
            sitting.venue,
            view("recognition.review.led", ["chair": sitting.chair, "secretary": sitting.secretary]),
        ]
        if !sitting.hasQuorum {
            let format = view.language.format
            texts.append(
                view(
                    "recognition.review.shortRule",
                    ["needed": format.integer(sitting.needed), "households": format.integer(sitting.households)]))
        }
        if sitting.isRest { texts.append(view("recognition.review.votedOnRest")) }
        if let next = sitting.next, !sitting.hasQuorum {
            texts.append(view("recognition.review.next", ["day": view.day(next)]))
        }
        if !sitting.votedDown.isEmpty {
            texts.append(view("recognition.review.votedDown", ["codes": sitting.votedDown.joined(separator: ", ")]))
        }
        return WebLine(
            title: "\(view.language.format.weekdayAndDay(sitting.day)): \(sitting.size(view))",
            href: may(.hold) ? "\(home)/review?correct=\(sitting.id)" : nil, text: texts.joined(separator: " · "),
            status: sitting.status(view))
    }

    func prints(_ view: View) -> [WebLink] {
        [WebLink("\(home)/review/attendance", view("recognition.review.printAttendance"))]
            + sittings.enumerated().map { index, one in
                // Two sittings of one day are told apart by their number.
                let number = sittings.prefix(index + 1).count { $0.day == one.day }
                let isOne = sittings.count { $0.day == one.day } == 1
                return WebLink(
                    "\(home)/review/minutes?sitting=\(one.id)",
                    view(
                        isOne ? "recognition.review.printMinutesOf" : "recognition.review.printMinutesNumber",
                        ["day": view.day(one.day), "number": "\(number)"]))
            }
    }

    /// The vote on the list in a sentence.
    func votesText(_ sitting: RecognitionSittingAnswer, _ view: View) -> String {
        let format = view.language.format
        var texts = [
            view(
                "recognition.review.votesText",
                ["needed": format.integer(sitting.neededVotes), "size": sitting.size(view)])
        ]
        if let list = sitting.list {
            texts.append(
                view(
                    "recognition.review.listText",
                    [
                        "votes": format.integer(list), "present": format.integer(sitting.present),
                        "apart": "\(sitting.disputed.count)",
                    ]))
        }
        return texts.joined(separator: " ")
    }

    /// What was disputed stands by itself; what went with the list is folded away under its number.
    func votesTable(of lines: [Line], _ view: View) -> WebTable? {
        let format = view.language.format
        guard !lines.isEmpty else { return nil }
        return WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")),
                WebColumn(view("recognition.review.column.votes"), isNumber: true),
                WebColumn(view("recognition.column.verdict")),
            ],
            rows: lines.map { line in
                let status =
                    line.isCarried == false
                    ? WebStatus(
                        line.word == nil ? .unmet : .waiting,
                        view(line.word == nil ? "recognition.review.isDown" : "recognition.review.isWorkedOn"))
                    : WebStatus(.done, view("recognition.review.isCarried"))
                return WebRow([
                    .head("\(line.code) \(line.name.shown(view))", href: "\(home)/values/\(line.code)"),
                    .number(
                        line.votes.map { votes in
                            "\(format.integer(votes))/\(line.present.map { format.integer($0) } ?? "")"
                        }),
                    .status(status, also: line.word),
                ])
            })
    }

    /// What an error at an indicator's own field begins with in the summary.
    private func labels(_ group: String, _ view: View) -> [String: String] {
        Dictionary(
            lines.map { ("\(group).\($0.code)", "\($0.code) \($0.name.shown(view))") },
            uniquingKeysWith: { first, _ in first })
    }

    func workForm(_ view: View) -> FormView {
        view.form(
            RecognitionReviewWorkForm.self, action: "\(home)/review/work", labels: labels("word", view),
            hasPrimary: !open.isEmpty)
    }

    func workFields(_ form: FormView, _ view: View) -> [WebField] {
        // A field of the posting's form is the mould: a group has none of its own.
        guard
            var field = view.form(RecognitionAnswerForm.self, action: "").field["answer"]
        else { return [] }
        return lines.filter { $0.isCarried == false }.map { line in
            field.id = "word.\(line.code)"
            field.name = field.id
            field.label = "\(line.code) \(line.name.shown(view))"
            field.hint = view("recognition.review.work.word.hint", ["votes": "\(line.votes ?? 0)"])
            field.value = form.typed?[field.name] ?? line.word
            field.error = form.messages[field.name]
            return field
        }
    }

    func sittingForm(_ view: View) -> FormView {
        let last = sittings.last
        var filled = [
            "day": view.day(correcting?.day ?? view.today), "scope": "list",
            "venue": last?.venue ?? usual?.venue ?? "", "chair": last?.chair ?? usual?.chair ?? "",
            "secretary": last?.secretary ?? usual?.secretary ?? "",
            "attended": Recognition.Attendance.text(last?.attended ?? usual?.attended ?? []) ?? "",
        ]
        if let correcting {
            filled["present"] = "\(correcting.present)"
            filled["scope"] = correcting.isRest ? "rest" : "list"
            filled["list"] = correcting.list.map { "\($0)" }
            filled["opinions"] = correcting.opinions
            filled["next"] = correcting.next.map { view.day($0) }
            filled["venue"] = correcting.venue
            filled["chair"] = correcting.chair
            filled["secretary"] = correcting.secretary
            filled["attended"] = Recognition.Attendance.text(correcting.attended) ?? ""
        }
        return view.form(
            RecognitionSittingForm.self, action: "\(home)/review/sittings", filled: filled,
            labels: labels("votes", view),
            hints: terms.needed.map { needed in
                [
                    "present": view(
                        "recognition.review.sitting.present.needed",
                        ["needed": "\(needed)", "households": "\(terms.households ?? 0)"]),
                    "scope": view(
                        "recognition.review.sitting.scope.down", ["codes": down.joined(separator: ", ")]),
                ]
            } ?? [:], hasPrimary: deciding == nil || correcting != nil)
    }

    /// What is asked first: who came and the one vote. Whether it is about the list or only about what was voted down
    /// is asked where something was.
    func fields(_ form: FormView) -> [WebField] {
        let asksScope = correcting?.isRest ?? !down.isEmpty
        return (asksScope ? ["day", "present", "scope", "list"] : ["day", "present", "list"]).compactMap {
            // The vote is asked of every meeting with a quorum; its hint tells when it stays empty.
            $0 == "list" ? form.field[$0]?.demanded : form.field[$0]
        }
    }

    func placeFields(_ form: FormView) -> [WebField] {
        ["venue", "chair", "secretary", "attended", "next"].compactMap { form.field[$0] }
    }

    /// Folded away as soon as it is known from before.
    func asksPlace(_ form: FormView) -> Bool {
        let fields = placeFields(form)
        return fields.contains { $0.error != nil || (!$0.isOptional && ($0.value ?? "").isEmpty) }
    }

    func placeTitle(_ view: View) -> String {
        guard let venue = correcting?.venue ?? sittings.last?.venue ?? usual?.venue else {
            return view("recognition.review.sitting.place")
        }
        return view("recognition.review.sitting.placeKnown", ["venue": venue])
    }

    func hasVotes(_ form: FormView) -> Bool {
        !correctingVotes.isEmpty
            || lines.contains { line in
                form.messages["votes.\(line.code)"] != nil || !(form.typed?["votes.\(line.code)"] ?? "").isEmpty
            }
    }

    func voteGroups(_ form: FormView, _ view: View) -> [Content.VoteGroup] {
        var groups: [Content.VoteGroup] = []
        for code in lines.map(\.group) where groups.last?.title.hasPrefix("\(code). ") != true {
            let own = lines.filter { $0.group == code }
            let fields = own.map { line in
                let id = "votes.\(line.code)"
                return Content.VoteField(
                    id: id, label: "\(line.code) \(line.name.shown(view))",
                    value: form.typed?[id] ?? correctingVotes[line.code].map { "\($0)" } ?? "",
                    error: form.messages[id])
            }
            groups.append(
                Content.VoteGroup(title: "\(code). \(own.first?.groupName.shown(view) ?? "")", fields: fields))
        }
        return groups
    }
}
