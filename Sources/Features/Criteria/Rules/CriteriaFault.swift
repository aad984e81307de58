extension Criteria {
    /// One thing that is wrong with a set, and where.
    package struct Fault: Hashable, Sendable {
        /// Where, as in the file, counted from 0: `groups[2].indicators[3].points`. Empty for the whole file.
        package var place: String
        /// The line in the file, from 1; nil when the set did not come from a file.
        package var line: Int?
        package var key: Key
        /// Fill the places of the words. `code` is the indicator's, group's or title's code, where there is one.
        package var arguments: [String: String]

        package init(_ key: Key, at place: String, line: Int? = nil, _ arguments: [String: String] = [:]) {
            self.key = key
            self.place = place
            self.line = line
            self.arguments = arguments
        }

        /// A warning is shown and does not stop publication.
        package var isWarning: Bool { key.isWarning }

        /// The words' key: `criteria.fault.…`.
        package var words: String { "criteria.fault." + key.rawValue }
    }
}

extension Criteria.Fault {
    /// What can be wrong. The names are stable: they are the words' keys and part of the JSON answers.
    package enum Key: String, CaseIterable, Sendable {
        // The file
        case syntax, tooLarge, tooDeep, aliasRefused, emptyFile, repeatedField
        case notAMap, notAList, notAText, notOneWord, unknownField, missingField, notANumber, notYesNo, notADay,
            notAYearDay, notAShare, unknownWord
        // Names
        case missingCode, duplicateCode, missingName
        // The set
        case noTitles, noGroups, emptyGroup, emptyCriterion, versionOutside, unknownTitle, unknownClass, unknownRegion
        case titleComesLater, titleWithoutIndicator, endsBeforeBegin
        // Points
        case negativePoints, groupPoints, totalPoints, passMarkAboveTotal, shareOutside, missingMinimum
        case missingClassMinimum
        case missingBallotShare, termOutside, minutesOutside, ownIndicatorsOutside
        case daysOutOfOrder, deadlineOutside, panelOutside
        // Indicators
        case unknownKind, unknownComparison, unknownUnit, unitDoesNotFit, comparisonDoesNotFit
        case missingThreshold, duplicateThreshold, thresholdDoesNotFit, percentageOutside, negativeThreshold
        case countNotWhole, gradeUnknown, tooFewGrades, windowOutside, missingBaseline
        case scoringDoesNotFit, startOnWrongSide, noSteps, stepAbovePoints, stepsNeverFull
        case missingVerifier, missingSupplier, photographOnly, missingReason
        // Against the frame
        case frameIndicatorMissing, frameKindChanged, frameLoosened, frameMandatoryLost, frameExceptionAdded
        case frameRuleLoosened, frameRulesLoosened, frameGovernedLooser, frameDropped, frameVersionUnknown
        // Against the version before
        case versionNotNewer, effectiveBeforeLast
        // Warnings
        case countsThePoor, countsGivers, countsSigners, countsComplainers, unowned, noEvidence, noBasis, frameUnknown,
            frameRulesBelow

        package var isWarning: Bool {
            switch self {
            case .countsThePoor, .countsGivers, .countsSigners, .countsComplainers, .unowned, .noEvidence, .noBasis,
                .frameUnknown, .frameRulesBelow:
                true
            default: false
            }
        }

        /// A warning that a number may point at people: who is poor, who gave, who signed, who complained. Shown
        /// before the others and on published sets too, for whoever fills the number in should know.
        package var isAboutPeople: Bool {
            switch self {
            case .countsThePoor, .countsGivers, .countsSigners, .countsComplainers: true
            default: false
            }
        }
    }
}
