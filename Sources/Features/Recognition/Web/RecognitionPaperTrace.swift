import Core
import Documents
import Web

extension View {
    /// The foot of a paper: where it came from, what it is worth, and a code that opens its record.
    ///
    /// - Parameter path: of the record on this site; nil leaves the code out.
    func trace(record: ID, revision: Int, valid: String, opens path: String?) -> WebTrace {
        let code = path.flatMap { try? QRCode(absolute($0)) }
        return WebTrace(
            isDemo: isDemonstration, printed: language.format.moment(now), record: "\(record)",
            revision: "\(revision)", valid: valid, qrPath: code.map(\.unitPath),
            qrSize: code.map { $0.side + 2 * QRCode.quietZone })
    }
}

extension QRCode {
    /// The black squares as one path of unit squares, the margin included.
    var unitPath: String {
        var path = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                var length = 0
                while isBlack(column: column + length, row: row) { length += 1 }
                if length > 0 {
                    path += "M\(column + QRCode.quietZone) \(row + QRCode.quietZone)h\(length)v1h-\(length)z"
                }
                column += length + 1
            }
        }
        return path
    }
}
