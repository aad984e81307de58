import Core
import Organisation

/// Bringing people and their offices in from a sheet: head line, rows, plan. Everything here is pure; the store hands in
/// what is known and carries the plan out.
///
/// One row is one person with one office. Whoever is there already gets the office if they do not hold it; the same file
/// again changes nothing. One fault, and nothing is brought in.
package enum PeopleImport {
    /// What a column holds; the raw value ends its words' key.
    enum Column: String, CaseIterable, Sendable {
        case name, birthYear, phone, signInName, role, organisation, commune, area, from, until

        static let needed: [Column] = [.name, .role, .organisation]

        /// As offices write their head lines, without marks.
        var titles: [String] {
            switch self {
            case .name: ["ho ten", "ho va ten", "ten", "ho va ten can bo", "can bo"]
            case .birthYear: ["nam sinh", "ngay sinh", "sinh nam"]
            case .phone: ["dien thoai", "so dien thoai", "sdt", "so dt", "dtdd", "di dong"]
            case .signInName: ["ten dang nhap", "tai khoan", "dang nhap"]
            case .role: ["vai tro", "chuc vu", "chuc danh", "nhiem vu"]
            case .organisation: ["to chuc", "ten to chuc", "co quan", "co quan don vi", "don vi", "thay mat to chuc"]
            case .commune: ["xa", "ten xa", "xa phuong", "phuong xa", "don vi cap xa", "cap xa", "xa phuong dac khu"]
            case .area:
                ["thon", "ten thon", "khu dan cu", "thon to dan pho", "to dan pho", "ten khu dan cu", "thon buon"]
            case .from: ["tu ngay", "giu tu ngay", "bat dau", "ngay bat dau", "hieu luc tu ngay"]
            case .until: ["den ngay", "den het ngay", "ket thuc", "ngay ket thuc", "het nhiem ky"]
            }
        }
    }

    /// Columns that offices have and nobody needs here.
    private static let ignored: Set<String> = ["stt", "tt", "so tt", "so thu tu", "ghi chu"]

    /// Which column is what.
    struct Header: Sendable {
        let columns: [Column: Int]
        let unknown: [(title: String, column: Int)]

        /// Nil when the line is no head line: it names no person.
        init?(_ cells: [String]) {
            var columns: [Column: Int] = [:]
            var unknown: [(String, Int)] = []
            for (index, cell) in cells.enumerated() where !cell.isEmpty {
                let title = VietnameseText.folded(String(cell.prefix { $0 != "(" }))
                if PeopleImport.ignored.contains(title) { continue }
                if let column = Column.allCases.first(where: { $0.titles.contains(title) }), columns[column] == nil {
                    columns[column] = index
                } else {
                    unknown.append((VietnameseText.tidied(cell), index))
                }
            }
            guard columns[.name] != nil, columns.count >= 2 else { return nil }
            self.columns = columns
            self.unknown = unknown
        }

        var missing: [Column] { Column.needed.filter { columns[$0] == nil } }

        func cell(_ column: Column, _ cells: [String]) -> String {
            guard let index = columns[column], cells.indices.contains(index) else { return "" }
            return VietnameseText.tidied(cells[index])
        }
    }

    /// What is there already, below the unit of the import.
    struct Known: Sendable {
        struct Unit: Sendable {
            let id: ID
            let parent: ID?
            let isArea: Bool
            let name: String
            let nameKey: String
            /// The first day without; nil while it stands.
            let until: Day?
        }

        struct Body: Sendable {
            let id: ID
            let name: String
            let nameKey: String
            let territory: ID
            let from: Day
            let until: Day?
        }

        struct One: Sendable {
            let id: ID
            let name: String
            let nameKey: String
            let birthYear: Int?
            let phone: String?
            let signInName: String?
            /// Within the sight of whoever imports. Of others nothing is said, and nothing is given to them.
            var isSeen = true
        }

        struct Office: Sendable {
            let person: ID
            let role: Role
            let organisation: ID
            let territory: ID
            let from: Day
            let until: Day?
        }

        /// Who imports: nobody gives themselves an office.
        let actor: ID
        let base: ID
        let units: [Unit]
        let bodies: [Body]
        let people: [One]
        let offices: [Office]
        let today: Day
    }

    /// Something about one cell: a fault stops the import, a warning is only said.
    struct Remark: Sendable, Equatable {
        let isFault: Bool
        let sheet: String
        let line: Int
        let column: Int?
        /// Words' key below `people.import.remark`.
        let key: String
        let arguments: [String: String]
    }

    /// A row that does something.
    struct Item: Sendable, Equatable {
        enum Subject: Sendable, Equatable {
            case new
            case known(ID)
        }

        let subject: Subject
        let name: String
        let birthYear: Int?
        let phone: String?
        let signInName: String?
        let role: Role
        let organisation: ID
        let territory: ID
        let from: Day
        let until: Day?
    }

    struct Plan: Sendable {
        var items: [Item] = []
        var rows = 0
        var unchanged = 0
        var remarks: [Remark] = []
        var faults: Int { remarks.count { $0.isFault } }
        var warnings: Int { remarks.count { !$0.isFault } }
        var read: [(field: String, column: Int)] = []
        var unknown: [(title: String, column: Int)] = []

        var added: Int { items.count { $0.subject == .new } }
        var given: Int { items.count - added }
    }

    /// The words by which a cell names a role, without marks; the role's own name counts too.
    static let roleWords: [Role: [String]] = [
        .administrator: ["quan tri", "quan tri he thong", "quan tri vien"],
        .steeringOffice: ["co quan theo doi", "theo doi chi thi", "co quan theo doi chi thi", "ban dan van"],
        .standingCommittee: ["thuong truc", "ban thuong vu", "thuong truc cap uy", "uy vien ban thuong vu"],
        .provinceFront: ["mat tran tinh", "mat tran cap tren"],
        .partySecretary: ["bi thu dang uy", "bi thu dang uy xa", "bi thu xa"],
        .communeFrontChair: ["chu tich mat tran xa", "chu tich mat tran", "chu tich ub mttq xa", "chu tich mttq xa"],
        .peoplesCommitteeViceChair: [
            "pho chu tich ubnd xa", "pho chu tich ubnd", "pho chu tich uy ban nhan dan xa", "pho chu tich xa",
        ],
        .cultureOfficer: [
            "cong chuc van hoa xa hoi", "van hoa xa hoi", "cong chuc van hoa", "chuyen vien van hoa xa hoi",
        ],
        .massOrganisation: ["doan the", "chu tich hoi", "bi thu doan xa", "doan the chinh tri xa hoi"],
        .officeClerk: ["nguoi giu so lieu", "can bo co quan"],
        .panelMember: ["thanh vien to tham dinh", "to tham dinh"],
        .areaHead: ["truong thon", "to truong to dan pho", "to truong", "truong buon", "truong ban", "truong khu pho"],
        .frontWorkCommitteeHead: [
            "truong ban cong tac mat tran", "truong ban ctmt", "truong ban cong tac mt", "truong ban mat tran",
        ],
        .cellSecretary: ["bi thu chi bo"],
        .branchHead: ["chi hoi truong", "bi thu chi doan", "chi hoi truong phu nu", "chi hoi truong nong dan"],
        .member: ["dang vien", "can bo", "nguoi lao dong", "vien chuc", "cong chuc"],
    ]

    static func role(_ typed: String) -> Role? {
        if let exact = Role(rawValue: typed) { return exact }
        let folded = VietnameseText.folded(typed)
        return Role.allCases.first { roleWords[$0]?.contains(folded) == true }
    }
}
