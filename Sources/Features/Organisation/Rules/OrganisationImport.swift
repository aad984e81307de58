import Core

/// Bringing the tree, its areas and organisations in from a sheet: head line → rows → plan. Everything here is pure;
/// the store hands in what is known and carries the plan out.
///
///   head line   `Header`: which column is what, by the words offices use
///   rows        `TerritoryReading`, `AreaReading`, `BodyReading`: values, and a remark for each cell that is wrong
///   plan        `Plan`: what is new, changed, ended; nothing is written while a remark is a fault
package enum OrganisationImport {
    /// What a file holds.
    package enum Subject: String, Sendable, CaseIterable, Codable {
        case territories
        case areas
        case organisations
    }

    /// How much a file claims to tell, and so what ends when it is not in it.
    package enum Coverage: String, Sendable, CaseIterable, Codable {
        /// All there is: what is not in it ends.
        case whole
        /// All there is under each unit that it names; what stands elsewhere stays.
        case listed
        /// Some only: nothing ends.
        case part
    }

    /// What an import does to one line's record.
    package enum Action: String, Sendable, CaseIterable, Codable {
        case add
        case change
        case end
    }

    /// A row of a sheet, as the reader of files hands it over.
    package struct Line: Sendable, Equatable {
        package let sheet: String
        /// As spreadsheets number it, from 1.
        package let number: Int
        package let cells: [String]
        /// Columns of which the file keeps a number with three decimals, "1.234", which as a text would be thousands.
        package let decimals: [Int]

        package init(sheet: String, number: Int, cells: [String], decimals: [Int] = []) {
            self.sheet = sheet
            self.number = number
            self.cells = cells
            self.decimals = decimals
        }

        func cell(_ column: Int?) -> String {
            guard let column, cells.indices.contains(column) else { return "" }
            return cells[column]
        }
    }

    /// Something about one cell: a fault stops the import, a warning is only said.
    package struct Remark: Sendable, Equatable {
        package let isFault: Bool
        package let sheet: String
        package let line: Int
        /// Counted from 0; nil for the row or the file as a whole.
        package let column: Int?
        /// Words' key below `organisation.import.remark`.
        package let key: String
        package let arguments: [String: String]
    }

    /// How many remarks are kept; the rest is only counted.
    static let remarksLimit = 500

    /// Gathers remarks.
    struct Remarks: Sendable {
        private(set) var kept: [Remark] = []
        private(set) var faults = 0
        private(set) var warnings = 0

        mutating func fault(_ line: Place, _ column: Int?, _ key: String, _ arguments: [String: String] = [:]) {
            faults += 1
            keep(
                Remark(
                    isFault: true, sheet: line.sheet, line: line.number, column: column, key: key, arguments: arguments)
            )
        }

        mutating func warn(_ line: Place, _ column: Int?, _ key: String, _ arguments: [String: String] = [:]) {
            warnings += 1
            keep(
                Remark(
                    isFault: false, sheet: line.sheet, line: line.number, column: column, key: key, arguments: arguments
                ))
        }

        /// What must be mended takes the place of a warning where there is no more room.
        private mutating func keep(_ remark: Remark) {
            if kept.count >= OrganisationImport.remarksLimit {
                guard remark.isFault, let last = kept.lastIndex(where: { !$0.isFault }) else { return }
                kept.remove(at: last)
            }
            kept.append(remark)
        }
    }

    /// Where a value stood, without its cells.
    struct Place: Sendable, Equatable {
        let sheet: String
        let number: Int

        init(_ line: Line) {
            sheet = line.sheet
            number = line.number
        }

        init(sheet: String, number: Int) {
            self.sheet = sheet
            self.number = number
        }
    }

    /// A record that stands already, or one that this plan adds, by its place among the plan's items.
    package enum Reference: Sendable, Hashable {
        case known(ID)
        case new(Int)
    }

    /// One thing to be done.
    package struct Item: Sendable {
        package let action: Action
        package let subject: Reference
        package let after: Record
        package let before: Record?
    }

    /// The values of a unit or an organisation, before or after.
    package struct Record: Sendable, Equatable {
        /// A `Designation` or an `OrganisationKind`.
        package var kind: String
        package var name: String
        package var code: String?
        /// The unit above; of an organisation the territory it stands on.
        package var place: Reference?
        /// Of an organisation the one above.
        package var parent: Reference?
        package var order: Int?
        package var households: Int?
        package var people: Int?
        package var areaClass: String?
        package var region: String?
        package var asOf: Int?
        package var isInvented = false
        /// Of a unit the first day of its state, which tells how a change is taken back.
        package var from: Day?
        package var until: Day?
        /// What it was formed from, or, of something that ends, what came of it.
        package var successions: [Reference] = []

        package init(kind: String, name: String) {
            self.kind = kind
            self.name = name
        }
    }

    /// What an import would do.
    package struct Plan: Sendable {
        package var items: [Item] = []
        package var rows = 0
        package var unchanged = 0
        package var remarks: [Remark] = []
        package var faults = 0
        package var warnings = 0
        /// The head line as it was understood: "Tên xã: cột D".
        package var read: [(field: String, column: Int)] = []
        package var unknown: [(title: String, column: Int)] = []

        /// How many lines would do this.
        package func count(_ action: Action) -> Int { items.count { $0.action == action } }
        package var changesNothing: Bool { items.isEmpty }
    }

    /// What is already there.
    package struct Known: Sendable {
        /// An administrative unit as it stands, for holding a sheet against it.
        package struct Unit: Sendable {
            package let id: ID
            package let parent: ID?
            package let designation: Designation
            package let name: String
            package let nameKey: String
            package let code: String?
            package let order: Int?
            package let from: Day
            /// The first day of the state it is in.
            package let stateFrom: Day
            package var profile: AreaProfile?

            package init(
                id: ID, parent: ID?, designation: Designation, name: String, nameKey: String? = nil, code: String?,
                order: Int? = nil, from: Day = .first, stateFrom: Day? = nil, profile: AreaProfile? = nil
            ) {
                self.id = id
                self.parent = parent
                self.designation = designation
                self.name = name
                self.nameKey = nameKey ?? VietnameseText.nameKey(name)
                self.code = code
                self.order = order
                self.from = from
                self.stateFrom = stateFrom ?? from
                self.profile = profile
            }

            var kind: TerritoryKind { designation.kind }

            /// Its values as they stand.
            var record: Record {
                var record = Record(kind: designation.rawValue, name: name)
                record.code = code
                record.place = parent.map(Reference.known)
                record.order = order
                record.households = profile?.households
                record.people = profile?.people
                record.areaClass = profile?.areaClass
                record.region = profile?.region
                record.asOf = profile?.asOf
                record.isInvented = profile?.isInvented ?? false
                record.from = stateFrom
                return record
            }
        }

        /// An organisation as it stands, for holding a sheet against it.
        package struct Body: Sendable {
            package let id: ID
            package let kind: OrganisationKind
            package let name: String
            package let territory: ID
            package let parent: ID?
            package let from: Day

            package init(id: ID, kind: OrganisationKind, name: String, territory: ID, parent: ID?, from: Day = .first) {
                self.id = id
                self.kind = kind
                self.name = name
                self.territory = territory
                self.parent = parent
                self.from = from
            }

            var record: Record {
                var record = Record(kind: kind.rawValue, name: name)
                record.place = .known(territory)
                record.parent = parent.map(Reference.known)
                return record
            }
        }

        /// The unit below which everything happens: what the importer's role covers.
        package let base: Unit
        /// The units above the base; they may be named in a file but are never changed.
        package let above: [Unit]
        /// Units that stand below the base, areas excepted.
        package let units: [Unit]
        /// Units that ended on the day of the import: an earlier run of the same file.
        package let ended: [Unit]
        package let areas: [Unit]
        package let organisations: [Body]

        package init(
            base: Unit, above: [Unit] = [], units: [Unit] = [], ended: [Unit] = [], areas: [Unit] = [],
            organisations: [Body] = []
        ) {
            self.base = base
            self.above = above
            self.units = units
            self.ended = ended
            self.areas = areas
            self.organisations = organisations
        }
    }
}
