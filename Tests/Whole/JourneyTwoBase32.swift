/// Base 32 of RFC 4648, read as a telephone reads it.
enum Base32 {
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, count) = (0, 0)
        for letter in text {
            guard let value = letters.firstIndex(of: letter) else { continue }
            (bits, count) = (bits << 5 | value, count + 5)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= (1 << count) - 1
            }
        }
        return bytes
    }
}
