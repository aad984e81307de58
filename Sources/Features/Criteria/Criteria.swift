/// Criteria (bộ tiêu chí): what a residential area, a commune or a district is assessed against.
///
/// A set holds standards (nhóm, tiêu chuẩn), these hold indicators (chỉ tiêu), now and then under a
/// criterion (tiêu chí). An indicator asks for one value, compares it with a threshold and gives points.
/// A set is a draft until it is published; a published set never changes again, it is superseded.
///
///   what a set is         `CriteriaSet`, `Criteria.Title`, `Standard`, `Criterion`, `Indicator`, `Threshold`
///   when it is passed     `Criteria.PassRule`, `BallotRule`, `MeetingRule`, `Term`, `Share`
///   what is wrong with it `Criteria.faults(in:)`, every fault at once, each with its place
///   what a dossier earns  `Criteria.judge`, `Criteria.score`
///   what a version alters `Criteria.difference(from:to:)`, `Criteria.loosenings(of:from:)`
///   the file format       `Criteria.Format` (pure), `Criteria.YAML` (text); described in docs/criteria-format.md
///
/// Basis: the Front's frame of standards (tiêu chuẩn khung), directive on model residential areas, M1.1 and M3.3.
package enum Criteria {}
