import Testing

@testable import Recognition

/// A ground is a document, named once and ended once.
@Suite struct RecognitionGroundTests {
    static let cases: [(String, String?)] = [
        ("Quy chế số 12/QC-MTTQ", "Quy chế số 12/QC-MTTQ"), ("Quy chế số 12/QC-MTTQ.;", "Quy chế số 12/QC-MTTQ"),
        ("  Căn cứ Quy chế số 12 ; ", "Quy chế số 12"), ("- căn cứ: Quy chế số 12.", "Quy chế số 12"),
        ("Căn cứ Căn cứ Quy chế", "Quy chế"), ("Căn cứ", nil), (" .; ", nil), ("", nil),
        ("Quy chế (bản 2).", "Quy chế (bản 2)"),
    ]

    @Test(arguments: cases) func isTidied(typed: String, wanted: String?) {
        #expect(Recognition.Ground.tidied(typed, word: "Căn cứ") == wanted)
    }
}
