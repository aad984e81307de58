import Core

extension OrganisationImport {
    /// What a file must have before it can be read at all.
    enum FileFault: Error, Equatable {
        /// No head line was found in the first rows; the columns that are needed.
        case noHeader
        /// The head line lacks these.
        case missing([Column])
        /// The head line fits another kind of import.
        case otherSubject(Subject)
    }

    /// Takes the lines of a file one by one and gives the plan at the end. Memory grows with the rows' values, not with
    /// their cells.
    struct FileReading {
        private let subject: Subject
        private let known: Known
        private let coverage: Coverage
        private let day: Day
        private var phase = Phase.searching
        private var searched = 0
        private var header: Header?
        private var firstLine: Line?

        /// Title lines above the head line: an office's list has up to a dozen.
        private static let searchedLines = 25

        private enum Phase {
            case searching
            case territories(TerritoryReading)
            case areas(AreaPlanner)
            case bodies(BodyPlanner)
        }

        init(_ subject: Subject, _ known: Known, _ coverage: Coverage, day: Day) {
            self.subject = subject
            self.known = known
            self.coverage = coverage
            self.day = day
        }

        /// Whether the head line was found.
        var isReading: Bool { header != nil }

        mutating func take(_ line: Line) throws(FileFault) {
            switch phase {
            case .searching: try search(line)
            case .territories(var reading):
                // Moved out and back, so that a hundred thousand rows are not copied at each.
                phase = .searching
                reading.take(line)
                phase = .territories(reading)
            case .areas(var planner):
                phase = .searching
                planner.take(line)
                phase = .areas(planner)
            case .bodies(var planner):
                phase = .searching
                planner.take(line)
                phase = .bodies(planner)
            }
        }

        private mutating func search(_ line: Line) throws(FileFault) {
            searched += 1
            guard searched <= Self.searchedLines else { throw .noHeader }
            guard let header = Header(line.cells, for: subject) else {
                if firstLine == nil { firstLine = line }
                return
            }
            let missing = header.missing(for: subject, baseIsCommune: known.base.kind.level == 3)
            guard missing.isEmpty else {
                for other in Subject.allCases where other != subject {
                    if let fits = Header(line.cells, for: other), fits.unknown.count < header.unknown.count,
                        fits.missing(for: other, baseIsCommune: false).isEmpty
                    {
                        throw .otherSubject(other)
                    }
                }
                throw .missing(missing)
            }
            self.header = header
            switch subject {
            case .territories:
                let reading = TerritoryReading(header)
                guard reading.isReadable else { throw .missing([.name]) }
                phase = .territories(reading)
            case .areas: phase = .areas(AreaPlanner(header, known, coverage, day: day))
            case .organisations: phase = .bodies(BodyPlanner(header, known, coverage, day: day))
            }
        }

        mutating func finish() throws(FileFault) -> Plan {
            var plan: Plan
            switch phase {
            case .searching: throw .noHeader
            case .territories(let reading):
                var planner = TerritoryPlanner(reading, known, coverage, day: day)
                plan = planner.make()
            case .areas(var planner): plan = planner.finish()
            case .bodies(var planner): plan = planner.finish()
            }
            if let header {
                plan.read = header.columns.map { (field: $0.key.rawValue, column: $0.value) }
                    .sorted { $0.column < $1.column }
                plan.unknown = header.unknown
            }
            return plan
        }
    }
}
