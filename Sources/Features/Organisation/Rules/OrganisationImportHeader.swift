import Core

extension OrganisationImport {
    /// What a column may hold; the raw value is the end of its words' key.
    enum Column: String, Sendable, CaseIterable {
        case provinceCode, provinceName, districtCode, districtName, communeCode, communeName
        case kind, code, name, parentCode, parentName, formedFrom, order
        case households, people, areaClass, region, year
        case areaName, from, until
        /// Recognised and passed over: row numbers, remarks, names in another language.
        case ignored
    }

    /// The head line of a sheet: which column is what.
    struct Header: Sendable {
        let columns: [Column: Int]
        /// Columns whose title says nothing to this import.
        let unknown: [(title: String, column: Int)]

        subscript(_ column: Column) -> Int? { columns[column] }

        /// Reads a line as a head line. Nil when it holds too few known titles to be one.
        init?(_ cells: [String], for subject: Subject) {
            let titles = Header.titles(subject)
            var columns: [Column: Int] = [:]
            var unknown: [(String, Int)] = []
            for (index, cell) in cells.enumerated() where !cell.isEmpty {
                guard let column = Header.column(cell, titles) else {
                    unknown.append((VietnameseText.tidied(cell), index))
                    continue
                }
                if column == .ignored { continue }
                if columns[column] == nil { columns[column] = index } else { unknown.append((cell, index)) }
            }
            guard columns.keys.contains(where: Header.naming.contains), columns.count >= 2 || cells.count <= 2 else {
                return nil
            }
            self.columns = columns
            self.unknown = unknown
        }

        private static let naming: Set<Column> = [.name, .communeName, .districtName, .provinceName]

        /// The needed columns that are not there, by the words' key of each.
        func missing(for subject: Subject, baseIsCommune: Bool) -> [Column] {
            switch subject {
            case .territories:
                return []
            case .areas, .organisations:
                var missing: [Column] = columns[.name] == nil ? [.name] : []
                let hasPlace = columns[.communeName] != nil || columns[.communeCode] != nil
                let isElsewhere = subject == .organisations
                if !hasPlace, !baseIsCommune, !isElsewhere { missing.append(.communeName) }
                return missing
            }
        }

        /// A title as it stands, and without what stands in brackets.
        private static func column(_ cell: String, _ titles: [String: Column]) -> Column? {
            if let column = titles[VietnameseText.folded(cell)] { return column }
            guard let bracket = cell.firstIndex(of: "(") else { return nil }
            return titles[VietnameseText.folded(String(cell[..<bracket]))]
        }

        private static func titles(_ subject: Subject) -> [String: Column] {
            switch subject {
            case .territories: territoryTitles
            case .areas: areaTitles
            case .organisations: bodyTitles
            }
        }

        private static let common: [Column: [String]] = [
            .provinceCode: ["ma tinh", "ma tp", "ma tinh tp", "ma tinh thanh pho", "ma t"],
            .provinceName: [
                "tinh", "ten tinh", "tinh tp", "tinh thanh pho", "ten tinh tp", "ten tinh thanh pho", "tinh thanh",
                "thanh pho tinh",
            ],
            .districtCode: ["ma huyen", "ma qh", "ma quan huyen", "ma huyen quan", "ma quan huyen thi xa thanh pho"],
            .districtName: [
                "huyen", "ten huyen", "quan huyen", "ten quan huyen", "huyen quan", "quan huyen thi xa thanh pho",
                "huyen thi xa thanh pho", "ten huyen thi xa thanh pho",
            ],
            .communeCode: [
                "ma xa", "ma px", "ma phuong xa", "ma xa phuong", "ma xa phuong thi tran", "ma phuong xa thi tran",
                "ma xa phuong dac khu", "ma phuong xa dac khu", "ma don vi cap xa", "ma cap xa",
            ],
            .communeName: [
                "xa", "ten xa", "phuong xa", "ten phuong xa", "xa phuong", "ten xa phuong", "xa phuong thi tran",
                "ten xa phuong thi tran", "phuong xa thi tran", "ten phuong xa thi tran", "xa phuong dac khu",
                "phuong xa dac khu", "ten xa phuong dac khu", "don vi cap xa", "cap xa",
            ],
            .order: ["thu tu", "thu tu sap xep", "so thu tu sap xep"],
            .ignored: [
                "stt", "tt", "so tt", "so thu tu", "ghi chu", "ten tieng anh", "tieng anh", "dien tich",
                "dien tich km2",
            ],
        ]

        private static let territoryTitles = index([
            .kind: [
                "cap", "loai", "loai don vi", "cap don vi", "loai hinh", "cap hanh chinh", "loai don vi hanh chinh",
            ],
            .code: ["ma", "ma don vi", "ma so", "ma dvhc", "ma don vi hanh chinh", "ma gso"],
            .name: ["ten", "ten don vi", "don vi", "ten don vi hanh chinh", "ten dvhc", "don vi hanh chinh"],
            .parentCode: ["ma cha", "ma cap tren", "ma don vi cap tren", "truc thuoc ma", "ma truc thuoc"],
            .parentName: ["truc thuoc", "cap tren", "ten cap tren", "don vi cap tren", "ten don vi cap tren", "thuoc"],
            .formedFrom: [
                "sap nhap tu", "hinh thanh tu", "nhap tu", "duoc sap nhap tu", "truoc sap nhap", "don vi cu",
                "thanh lap tu",
            ],
        ])

        private static let areaTitles = index([
            .name: [
                "ten", "ten thon", "thon", "khu dan cu", "ten khu dan cu", "ten thon to dan pho", "thon to dan pho",
                "thon buon to dan pho", "ten thon buon", "thon buon", "to dan pho", "ten to dan pho", "ten kdc", "kdc",
                "thon ban to dan pho", "ten thon buon to dan pho",
            ],
            .kind: ["loai", "loai khu dan cu", "loai hinh", "loai kdc"],
            .code: ["ma", "ma thon", "ma khu dan cu", "ma kdc"],
            .households: ["so ho", "ho", "tong so ho", "so ho dan", "ho dan", "so ho gia dinh"],
            .people: [
                "so nguoi", "nhan khau", "so nhan khau", "so khau", "khau", "dan so", "so dan", "tong so nhan khau",
            ],
            .areaClass: ["vung", "khu vuc", "loai dia ban", "nhom", "phan loai", "loai vung", "nhom dia ban"],
            .region: [
                "vung kinh te", "vung kinh te xa hoi", "vung kt-xh", "vung kt xh", "vung mien", "mien",
                "vung dia ly", "vung kinh te - xa hoi",
            ],
            .year: ["nam", "nam so lieu", "so lieu nam"],
            .formedFrom: ["sap nhap tu", "hinh thanh tu", "nhap tu", "thanh lap tu"],
        ])

        private static let bodyTitles = index([
            .name: [
                "ten", "ten to chuc", "to chuc", "co quan", "ten co quan", "don vi", "ten don vi", "ten co quan don vi",
            ],
            .kind: ["loai", "loai to chuc", "loai hinh"],
            .areaName: ["thon", "ten thon", "khu dan cu", "thon to dan pho", "to dan pho", "thon buon to dan pho"],
            .parentName: [
                "truc thuoc", "cap tren", "to chuc cap tren", "co quan cap tren", "don vi cap tren", "ten cap tren",
                "to chuc cap tren truc tiep",
            ],
            .from: ["tu ngay", "ngay thanh lap", "hieu luc tu", "hieu luc tu ngay"],
            .until: ["den ngay", "den het ngay", "ngay ket thuc"],
        ])

        private static func index(_ own: [Column: [String]]) -> [String: Column] {
            var index: [String: Column] = [:]
            for (column, titles) in common { for title in titles { index[title] = column } }
            // A feature's own meaning wins: "thôn" is a name among areas and a place among organisations.
            for (column, titles) in own { for title in titles { index[title] = column } }
            return index
        }
    }
}
