import Core
import Organisation
import Web

/// Turns what home knows into the components of its page, in the reader's language.
struct HomeTexts {
    let view: View

    var format: Format { view.language.format }

    /// "khu dân cư kiểu mẫu", as it stands inside a sentence; a title without words of its own shows its set's name.
    func title(_ code: String, _ name: HomeName? = nil) -> String {
        let key = "home.title.\(code)"
        return view.words.has(key) ? view(key) : name?.text(in: view.language) ?? code
    }

    /// "thôn Thông Xanh".
    func named(_ place: TerritoryTitle) -> String { place.named { view($0, $1) } }

    /// "Thôn Thông Xanh".
    func headed(_ place: TerritoryTitle) -> String { place.headed { view($0, $1) } }

    /// "17", "92,5": hundredths of a point.
    func points(_ hundredths: Int) -> String {
        format.quantity(Quantity(thousandths: Int64(hundredths) * 10))
    }

    /// A count in words that tell one from many, as English needs.
    func counted(_ key: String, _ count: Int, _ more: [String: String] = [:]) -> String {
        view(
            "\(key).\(count == 1 ? "one" : "many")",
            more.merging(["count": format.integer(count)]) { given, _ in given })
    }

    func dossierHref(_ id: ID) -> String { "/dossiers/\(id)" }

    // The head: greeting, how many, how many late.

    func title(_ home: HomeOutput) -> String {
        view(home.skeleton == .area ? "home.heading.mine" : "home.heading.ours")
    }

    func head(_ home: HomeOutput) -> WebHead {
        WebHead(title: title(home), lead: lead(home), before: greeting(home.greeting))
    }

    /// "Xin chào Đinh Công Sáu, trưởng thôn": how somebody is addressed is a word that an office can change.
    func greeting(_ greeting: HomeGreeting) -> String? {
        guard let office = greeting.office, HomeSkeleton.of(office) == .area else { return nil }
        let key = "home.greeting.\(office.rawValue)"
        guard view.words.has(key) else { return nil }
        let offices = greeting.offices.map { one in
            let name = self.office(one.role, one.territory)
            return one.standsFor.map { view("home.standsFor", ["office": name, "person": $0]) } ?? name
        }
        let held = offices.isEmpty ? self.office(office, greeting.territory) : offices.joined(separator: "; ")
        return view(key, ["name": greeting.name, "office": held])
    }

    private func office(_ office: Role, _ territory: TerritoryTitle?) -> String {
        guard office == .areaHead else { return view("home.office.\(office.rawValue)") }
        return view("home.areaHead.\(territory?.designation.rawValue ?? Designation.thon.rawValue)")
    }

    /// "6 việc, trong đó 2 việc quá hạn. Làm hết khoảng 25 phút." Nil where nothing waits: the page
    /// below says that, once.
    func lead(_ home: HomeOutput) -> String? {
        guard !home.duties.isEmpty else { return nil }
        var sentences: [String] = []
        let count = counted("home.count.all", home.duties.count)
        sentences.append(
            home.late == 0
                ? view("home.count.inTime", ["all": count])
                : view("home.count.someLate", ["all": count, "late": format.integer(home.late)]))
        let minutes = home.duties.compactMap(\.minutes).reduce(0, +)
        if minutes > 0 { sentences.append(view("home.count.minutes", ["minutes": format.integer(minutes)])) }
        let text = sentences.joined(separator: " ")
        return home.skeleton == .area
            ? text : view("home.count.of", ["organisation": home.greeting.organisation, "text": text])
    }

    // Duties and news, as every skeleton shows them.

    func duties(_ duties: [HomeDuty]) -> [WebDuty] { duties.map(duty).withFirst }

    func duty(_ duty: HomeDuty) -> WebDuty {
        let status =
            duty.due.map {
                // What is more than a week away and not begun is quiet; all else waits.
                view.deadline($0, ahead: view.today.days(until: $0) > 7 ? .notbegun : .waiting)
            } ?? WebStatus(.waiting, view("home.duty.noDay"))
        return WebDuty(
            leaf: duty.due.map { view.leaf($0) }, status: status, title: dutyTitle(duty), why: why(duty),
            href: duty.href, verb: verb(duty))
    }

    private func verb(_ duty: HomeDuty) -> String {
        let key = duty.waiting?.words ?? "home.duty.\(duty.act.rawValue)"
        let step = "\(key).verbStep.\(duty.step ?? "")"
        return view(duty.step != nil && view.words.has(step) ? step : "\(key).verb")
    }

    /// A duty of another year than this one says so.
    private func dutyTitle(_ duty: HomeDuty) -> String { ofYear(duty.year, whatIsToDo(duty)) }

    /// With the year behind it, unless it is this one or named already.
    private func ofYear(_ year: Int?, _ text: String) -> String {
        guard let year, year != view.today.year, !text.contains("\(year)") else { return text }
        return view("home.ofYear", ["what": text, "year": "\(year)"])
    }

    private func whatIsToDo(_ duty: HomeDuty) -> String {
        if let waiting = duty.waiting { return view("\(waiting.words).title", places(waiting)) }
        var places = ["title": title(duty.title, duty.titleName), "area": duty.area.map(named) ?? ""]
        places["count"] = format.integer(duty.count ?? 0)
        places["named"] = duty.named ?? ""
        places["by"] = duty.returnedBy.map { view("home.duty.mend.by.\($0)") } ?? ""
        let key = "home.duty.\(duty.act.rawValue)"
        if let step = duty.step, view.words.has("\(key).titleStep.\(step)") {
            return view("\(key).titleStep.\(step)", places)
        }
        if duty.named != nil, view.words.has("\(key).titleNamed") { return view("\(key).titleNamed", places) }
        return view("\(key).title", places)
    }

    private func why(_ duty: HomeDuty) -> String? {
        if let waiting = duty.waiting {
            let key = "\(waiting.words).why"
            return view.words.has(key) ? view(key, places(waiting)) : nil
        }
        let key = "home.duty.\(duty.act.rawValue).why"
        let step = "home.duty.\(duty.act.rawValue).step.\(duty.step ?? "")"
        if duty.step != nil, view.words.has(step) {
            return view(step, ["named": duty.named ?? "", "day": duty.until.map { view.day($0) } ?? ""])
        }
        if let count = duty.count, view.words.has("\(key).one") {
            return count == 0 ? view("\(key).zero") : counted(key, count)
        }
        return view.words.has(key) ? view(key, ["day": duty.due.map { view.day($0) } ?? ""]) : nil
    }

    /// What a feature hands over for its words: units of which it says the kind get it, "thôn Thông Xanh".
    private func places(_ waiting: Waiting) -> [String: String] {
        waiting.arguments.merging(
            TerritoryTitle.named(in: waiting.arguments) { view($0, $1) }, uniquingKeysWith: { $1 })
    }

    func news(_ news: [HomeNews]) -> HomeNewsContent? {
        guard !news.isEmpty else { return nil }
        return HomeNewsContent(
            title: view("home.news.heading"),
            rows: WebRows(
                rows: news.map { item in
                    WebLine(
                        title: ofYear(
                            item.year,
                            view(
                                "home.news.\(item.action)" + (item.late.map { "By.\($0.rawValue)" } ?? ""),
                                [
                                    "area": headed(item.area), "place": named(item.area), "title": title(item.title),
                                    "year": "\(item.year)",
                                ])),
                        href: item.dossier.map(dossierHref) ?? "/areas/\(item.area.id)/titles",
                        text: when(item.at.day))
                }))
    }

    /// "hôm nay", "hôm qua", then the day.
    func when(_ day: Day) -> String {
        switch day.days(until: view.today) {
        case 0: view("home.when.today")
        case 1: view("home.when.yesterday")
        default: view.day(day)
        }
    }

    /// Nothing waits, said as a page: what will stand here, and where one can look meanwhile.
    func nothing(_ home: HomeOutput) -> WebEmpty? {
        guard home.duties.isEmpty else { return nil }
        return WebEmpty(
            title: view("home.nothing.title"), text: view("home.nothing.text.\(home.skeleton.rawValue)"),
            example: WebLink("/portal/areas", view("home.nothing.look")))
    }
}
