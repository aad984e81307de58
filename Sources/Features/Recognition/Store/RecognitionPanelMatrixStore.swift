import Core
import Criteria
import Database

extension RecognitionStore {
    /// What households answered topic by topic, once the count of the ballot stands and enough slips are valid.
    package static func topicAnswers(
        of dossier: Recognition.Dossier, needed: Criteria.Share, _ reader: any Reader
    ) throws -> Recognition.TopicAnswers {
        Recognition.TopicAnswers(try posting(of: dossier.id, reader)?.ballot, needed: needed)
    }

    /// What area, commune, panel and residents say of each indicator, in the set's order. What the panel has is left
    /// out while it is blind or not settled.
    package static func fourWay(
        _ work: Recognition.PanelWork, _ topics: Recognition.TopicAnswers, _ reader: any Reader
    ) throws -> [Recognition.FourWay] {
        let review = try review(of: work.dossier.id, reader)
        let (assessment, appraised) = (work.assessment, work.appraised)
        return assessment.indicators.map { indicator in
            let code = indicator.code
            func said(_ side: Recognition.Side, of assessment: Recognition.Assessment) -> Recognition.FourWay.Said? {
                assessment.effective(code, side).map {
                    Recognition.FourWay.Said($0, points: assessment.verdict(indicator, side).points)
                }
            }
            let hasPanel = work.appraisal.conclusion != nil || work.panelValue(code) != nil
            let residents = review.sitting(on: code).flatMap { sitting in
                sitting.votes[code].map {
                    Recognition.FourWay.Residents(
                        votes: $0, present: sitting.present, isCarried: $0 >= sitting.neededVotes,
                        isDisputed: sitting.disputed.contains(code))
                }
            }
            return Recognition.FourWay(
                code: code, own: said(.own, of: assessment), check: said(.check, of: assessment),
                panel: hasPanel ? said(.appraisal, of: appraised) : nil, residents: residents,
                households: topics.about(code, in: assessment.set), worth: indicator.points)
        }
    }
}
