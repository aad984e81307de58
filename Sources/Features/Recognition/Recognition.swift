/// Recognition (công nhận): how a residential area comes to hold a title, from registration to decision.
///
/// An area registers (đăng ký) for a title of a year against the published criteria set, which is frozen for its
/// dossier. It assesses itself (tự đánh giá) indicator by indicator, with evidence (minh chứng), and closes that. The
/// residents' review meeting (hội nghị bình xét) votes; what it votes down is worked on. The values are posted (niêm
/// yết) for residents' comments, and beside it the households are asked on paper (phiếu lấy ý kiến), counted by three
/// and entered twice. Then the area submits. The commune checks (xã kiểm tra): it puts its own value beside the area's
/// where it sees another one, and accepts the dossier or returns it with a reason at each indicator concerned. It sends
/// its list (tờ trình); a panel appraises (thẩm định). The deciding level's Front drafts one decision for a list of
/// areas; until number, day, signer and signed scan are in, everything about it says "dự thảo". Issued, it grants
/// titles for a term, which stand in the register (sổ danh hiệu).
///
///   assessing ─► reviewing ─► posted ─► submitted ─► accepted ─► forwarded ─► appraised ─► proposed ─► recognised
///                                          │ ▲                      │                         │
///                                          ▼ │                      │                         └─► refused
///                                        returned ◄─────────────────┘
///   withdrawn: from any of these before forwarded
///
///   the table of states         `Recognition.LifeCycle` (Rules/RecognitionLifeCycle.swift); everything is drawn from it
///   who may not do both         `Recognition.Hands`, separation of duties
///   until when                  `Recognition.YearCalendar`
///   values and points           `Recognition.Side`, `Recognition.Assessment`, on the rules of `Criteria`
///   meeting, posting, ballot    `Recognition.Terms`, `Review`, `PostingDays`, `Ballot`
///   reading and writing         `RecognitionStore`; for the public `RecognitionStore.publicTitles` and its neighbours
///   for Home                    `RecognitionDuties`
///   reminders                   `RecognitionJobs`
///
/// Basis: directive on model residential areas (M1.2, M2.2, M3.3, D4.2); rules for people 10 and 11.
package enum Recognition {}
