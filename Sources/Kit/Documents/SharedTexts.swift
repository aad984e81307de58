/// A workbook's table of shared texts, kept as one run of bytes: a String each would take several times the room.
final class SharedTexts: XMLListener {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private let limits: Limits
    private var isText = false
    private var isReading = false

    init(_ limits: Limits) {
        self.limits = limits
    }

    /// The bytes of a text, nil when the table has no such number.
    func withText<Answer>(_ index: Int, _ use: (UnsafeBufferPointer<UInt8>) throws -> Answer) rethrows -> Answer? {
        guard ends.indices.contains(index) else { return nil }
        let start = index == 0 ? 0 : ends[index - 1]
        return try bytes.withUnsafeBufferPointer { try use(UnsafeBufferPointer(rebasing: $0[start..<ends[index]])) }
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
        // A phonetic run (rPh) repeats the text in another script and is no part of it.
        if name == "rPh" { isReading = true } else if name == "t" { isText = !isReading }
    }

    func end(_ name: XMLName) throws {
        if name == "t" {
            isText = false
        } else if name == "rPh" {
            isReading = false
        } else if name == "si" {
            guard ends.count < limits.sharedTexts else {
                throw DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))
            }
            ends.append(bytes.count)
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) throws {
        guard isText else { return }
        guard bytes.count + piece.count <= limits.sharedTextBytes else {
            throw DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))
        }
        bytes.append(contentsOf: piece)
    }
}
