import Core
import Documents
import Web

extension View {
    /// The foot of a paper: where it came from, what it is worth, and a code that opens its record.
    ///
    /// - Parameter path: of the record on this site; nil leaves the code out.
    package func trace(record: ID, revision: Int, valid: String, opens path: String?) -> WebTrace {
        let code = path.flatMap { try? QRCode(absolute($0)) }
        return WebTrace(
            isDemo: isDemonstration, printed: language.format.moment(now), record: "\(record)",
            revision: "\(revision)", valid: valid, qrPath: code?.squares, qrSize: code?.wholeSide)
    }
}
