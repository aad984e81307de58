import CQrencode

/// A QR code (ISO/IEC 18004) for a print: a camera that sees it opens the record.
///
/// Error level M: it still reads when a seventh of it is smudged or folded away.
package struct QRCode: Sendable, Equatable {
    /// The most bytes of UTF-8 a code takes: with more its squares get too small for an old phone and a worn printer.
    package static let bytesLimit = 512
    /// The white margin around the squares, in squares; scanners need these four.
    package static let quietZone = 4

    /// Squares along one side, 21...177, without the margin.
    package let side: Int
    private let modules: [Bool]

    /// - Parameter text: mostly an address, from 1 to `bytesLimit` bytes.
    /// - Throws: `QRCodeFault`.
    package init(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw QRCodeFault.empty }
        guard bytes.count <= Self.bytesLimit else {
            throw QRCodeFault.tooLong(bytes: bytes.count, limit: Self.bytesLimit)
        }
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            throw FileFailure(operation: "making of a QR code", code: 0)
        }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// Whether the square is black; false outside of the code, where the margin is.
    package func isBlack(column: Int, row: Int) -> Bool {
        (0..<side).contains(column) && (0..<side).contains(row) && modules[row * side + column]
    }

    /// Squares along one side with the margin: the `viewBox` is "0 0 wholeSide wholeSide".
    package var wholeSide: Int { side + 2 * Self.quietZone }

    /// The black squares as the `d` of one `<path>`, in runs, row by row, the margin left free. For templates, which
    /// write the `<svg>` themselves since nothing in them goes unescaped.
    package var squares: String {
        var path = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                guard modules[row * side + column] else {
                    column += 1
                    continue
                }
                var end = column
                while end < side, modules[row * side + end] { end += 1 }
                path +=
                    "M\(column + Self.quietZone) \(row + Self.quietZone)h\(end - column)v1H\(column + Self.quietZone)z"
                column = end
            }
        }
        return path
    }
}

/// Why a text becomes no QR code. Texts come from the program, so these are for whoever writes it; `key` and
/// `arguments` name the sentence all the same, for the case that a person typed the text.
package enum QRCodeFault: Error, Equatable, Sendable {
    case empty
    /// More than `limit` bytes of UTF-8.
    case tooLong(bytes: Int, limit: Int)

    /// The name of the sentence for people.
    package var key: String {
        switch self {
        case .empty: "document.qr.empty"
        case .tooLong: "document.qr.tooLong"
        }
    }

    /// What goes into the sentence.
    package var arguments: [String: String] {
        switch self {
        case .empty: [:]
        case .tooLong(let bytes, let limit): ["bytes": String(bytes), "limit": String(limit)]
        }
    }
}
