import Core

extension OrganisationImport {
    /// Takes the kind off a name: "Xã D'Ran" is a commune called D'Ran, "TDP 5" a tổ dân phố called 5.
    struct NameReader: Sendable {
        /// By the first folded word: all the words, and what they mean, the longest first.
        private let byFirst: [String: [(words: [String], designation: Designation)]]

        /// - Parameter levels: which kinds of units may be meant.
        init(levels: Set<Int>) {
            var byFirst: [String: [(words: [String], designation: Designation)]] = [:]
            for designation in Designation.allCases where levels.contains(designation.kind.level) {
                for text in designation.folded {
                    let words = text.split(separator: " ").map(String.init)
                    byFirst[words[0], default: []].append((words, designation))
                }
            }
            self.byFirst = byFirst.mapValues { $0.sorted { $0.words.count > $1.words.count } }
        }

        /// The proper name, and the kind if one stood before it. The name is empty when nothing but a kind stood there.
        func read(_ text: String) -> (designation: Designation?, name: String) {
            var tidy = VietnameseText.tidied(text)
            // "TP.Đà Lạt"
            if tidy.contains(".") { tidy = VietnameseText.tidied(tidy.replacing(".", with: ". ")) }
            let words = tidy.split(separator: " ")
            guard let first = words.first, let candidates = byFirst[VietnameseText.folded(String(first))] else {
                return (nil, tidy)
            }
            for (wanted, designation) in candidates where words.count >= wanted.count {
                let head = words.prefix(wanted.count).map { VietnameseText.folded(String($0)) }
                if head == wanted { return (designation, words.dropFirst(wanted.count).joined(separator: " ")) }
            }
            return (nil, tidy)
        }

        /// The kind that a cell names: "Thị trấn", "thôn". Nil when it names none.
        func kind(_ text: String) -> Designation? {
            let words = VietnameseText.folded(text).split(separator: " ").map(String.init)
            guard let first = words.first, let candidates = byFirst[first] else { return nil }
            return candidates.first { $0.words == words }?.designation
        }
    }

    /// Kinds of organisations by the words offices use, folded; the longest match at the beginning of a text wins.
    static let bodyWords: [(words: String, kind: OrganisationKind)] = [
        ("ban thuong vu", .standingCommittee),
        ("thuong truc dang uy", .standingCommittee),
        ("dang uy", .partyCommittee), ("tinh uy", .partyCommittee), ("huyen uy", .partyCommittee),
        ("thanh uy", .partyCommittee), ("thi uy", .partyCommittee), ("cap uy", .partyCommittee),
        ("ban chap hanh dang bo", .partyCommittee),
        ("van phong tinh uy", .partyOffice), ("van phong huyen uy", .partyOffice), ("van phong dang uy", .partyOffice),
        ("ban dan van", .massMobilisationCommission), ("ban tuyen giao va dan van", .massMobilisationCommission),
        ("chi bo", .partyCell),
        ("uy ban nhan dan", .peoplesCommittee), ("ubnd", .peoplesCommittee),
        ("ban thuong truc uy ban mttq", .frontStandingBoard), ("ban thuong truc uy ban mat tran", .frontStandingBoard),
        ("ban thuong truc mat tran", .frontStandingBoard), ("ban thuong truc", .frontStandingBoard),
        ("ban cong tac mat tran", .frontWorkCommittee), ("ban ctmt", .frontWorkCommittee),
        ("uy ban mttq", .frontCommittee), ("uy ban mat tran", .frontCommittee), ("ubmttq", .frontCommittee),
        ("mttq", .frontCommittee), ("mat tran to quoc", .frontCommittee), ("mat tran", .frontCommittee),
        ("hoi nong dan", .farmersUnion), ("hoi lien hiep phu nu", .womensUnion), ("hoi lhpn", .womensUnion),
        ("hoi phu nu", .womensUnion), ("hoi cuu chien binh", .veteransAssociation), ("hoi ccb", .veteransAssociation),
        ("cong doan", .labourUnion), ("lien doan lao dong", .labourUnion),
        ("doan tncs ho chi minh", .youthUnion), ("doan thanh nien", .youthUnion), ("doan xa", .youthUnion),
        ("doan phuong", .youthUnion), ("hoi nguoi cao tuoi", .elderlyAssociation), ("hoi chu thap do", .redCross),
        ("hoi khuyen hoc", .studyPromotion),
        ("chi hoi nong dan", .farmersBranch), ("chi hoi phu nu", .womensBranch),
        ("chi hoi cuu chien binh", .veteransBranch), ("chi hoi ccb", .veteransBranch), ("chi doan", .youthBranch),
        ("chi hoi nguoi cao tuoi", .elderlyBranch),
        ("to tham dinh", .appraisalPanel), ("bao hiem xa hoi", .healthInsuranceOffice),
        ("bhxh", .healthInsuranceOffice),
        ("cong an", .communePolice), ("truong", .school), ("cum truong", .school), ("mam non", .school),
        ("moi truong", .environmentOffice), ("bo phan moi truong", .environmentOffice),
        ("co quan tham muu", .advisoryOffice), ("ban chi huy quan su", .armedForces),
        ("don vi luc luong vu trang", .armedForces),
        ("co quan don vi", .workUnit), ("don vi", .workUnit), ("co quan", .workUnit), ("khac", .other),
    ]

    /// What a cell or a name says an organisation is; nil when nobody can tell.
    static func bodyKind(_ text: String) -> OrganisationKind? {
        if let exact = OrganisationKind(rawValue: text) { return exact }
        let folded = VietnameseText.folded(text) + " "
        return bodyWords.filter { folded.hasPrefix($0.words + " ") }.max { $0.words.count < $1.words.count }?.kind
    }

    /// The class of an area as it is kept: the two usual ones by word, others as typed.
    static func areaClass(_ text: String) -> String {
        switch VietnameseText.folded(text) {
        case "nong thon", "vung nong thon", "khu vuc nong thon", "rural": "rural"
        case "do thi", "thanh thi", "khu vuc do thi", "thi tran", "town": "town"
        default: VietnameseText.tidied(text)
        }
    }

    /// The economic region of an area as it is kept: those of the national criteria by word (Quyết định
    /// 491/QĐ-TTg, 2009), others as typed.
    static func region(_ text: String) -> String {
        let folded = VietnameseText.folded(text).replacing("-", with: " ").split(separator: " ").joined(separator: " ")
        let plain = folded.hasPrefix("vung ") ? String(folded.dropFirst(5)) : folded
        return regionWords.first { $0.words.contains(plain) || $0.region.rawValue.lowercased() == plain }?
            .region.rawValue ?? VietnameseText.tidied(text)
    }

    private static let regionWords: [(region: AreaRegion, words: Set<String>)] = [
        (
            .northMountains,
            ["trung du mien nui phia bac", "trung du va mien nui phia bac", "mien nui phia bac", "tdmn phia bac"]
        ),
        (.redRiver, ["dong bang song hong", "db song hong", "dbsh"]),
        (.northCentral, ["bac trung bo"]),
        (.southCentral, ["duyen hai nam trung bo", "dh nam trung bo", "nam trung bo"]),
        (.highlands, ["tay nguyen"]),
        (.southEast, ["dong nam bo"]),
        (.mekong, ["dong bang song cuu long", "db song cuu long", "dbscl"]),
    ]
}

/// The economic regions by which Quyết định 491/QĐ-TTg (2009) tells its thresholds apart. What an area belongs to is
/// kept as text: a criteria set may name others.
enum AreaRegion: String, CaseIterable, Sendable {
    case northMountains, redRiver, northCentral, southCentral, highlands, southEast, mekong
}
