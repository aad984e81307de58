import Web

/// Words for whoever may not sign: why, and who may.
enum RecognitionSigners {
    /// - Parameters:
    ///   - barred: the words' key of why.
    ///   - signers: who may sign instead; nil where that is not said.
    static func text(_ barred: String, _ signers: [String]?, _ view: View) -> String {
        guard let signers else { return view(barred) }
        let way =
            signers.isEmpty
            ? view("recognition.signers.none")
            : view("recognition.signers.others", ["names": signers.joined(separator: ", ")])
        return view(barred) + " " + way
    }
}
