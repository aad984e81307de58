import ArgumentParser
import Foundation

/// Writes the photograph that the upload is measured with: 12 million pixels in a JPEG of about 5 MB, as a phone
/// makes it (4:2:0, baseline), of noise, which is the most work for whoever reads it.
struct PhotographCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "photograph")

    @Option var width: Int = 4_032
    @Option var height: Int = 3_024
    @Option var megabytes: Double = 5
    @Option var seed: Int = 1
    @Argument var path: String

    func run() async throws {
        let blocks = (width + 15) / 16 * ((height + 15) / 16)
        var noise = NoisyJPEG(
            width: width, height: height, bitsPerUnit: Int(megabytes * 8_000_000) / blocks, seed: seed)
        try Data(noise.bytes()).write(to: URL(fileURLWithPath: path))
    }
}

/// Random coefficients, written straight into a JPEG: no picture has to be made first.
private struct NoisyJPEG {
    let width: Int
    let height: Int
    /// Of four blocks of light and two of colour.
    let bitsPerUnit: Int
    private var state: UInt64
    private var out: [UInt8] = []
    private var bits: UInt64 = 0
    private var bitCount = 0

    init(width: Int, height: Int, bitsPerUnit: Int, seed: Int) {
        (self.width, self.height, self.bitsPerUnit) = (width, height, bitsPerUnit)
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func bytes() -> [UInt8] {
        out = [0xFF, 0xD8]
        segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
        segment(0xDB, [0] + (0..<64).map { UInt8(4 + $0 / 3) })
        let size = [height >> 8, height & 255, width >> 8, width & 255].map { UInt8($0) }
        segment(0xC0, [8] + size + [3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0])
        // Both tables: every code has four bits. DC: sizes 0...7. AC: end of block, then sizes 1...7 without a run.
        segment(0xC4, [0x00, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + (0...7).map { UInt8($0) })
        segment(0xC4, [0x10, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + (0...7).map { UInt8($0) })
        segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
        // A coefficient takes four bits and its size, about seven together; light takes five sixths of all.
        let light = min(63, max(1, bitsPerUnit * 5 / 6 / 4 / 7))
        let colour = min(63, max(1, bitsPerUnit / 6 / 2 / 7))
        for _ in 0..<((width + 15) / 16 * ((height + 15) / 16)) {
            for _ in 0..<4 { block(light) }
            for _ in 0..<2 { block(colour) }
        }
        write(0x7F, 7)
        return out + [0xFF, 0xD9]
    }

    private mutating func block(_ coefficients: Int) {
        number(size: Int(random() % 4))
        for index in 0..<coefficients { number(size: 1 + Int(random() % (index < 6 ? 5 : 3))) }
        if coefficients < 63 { write(0, 4) }
    }

    private mutating func number(size: Int) {
        write(size, 4)
        write(Int(random() & (1 << UInt64(size) - 1)), size)
    }

    private mutating func write(_ value: Int, _ width: Int) {
        bits = bits << UInt64(width) | UInt64(value)
        bitCount += width
        while bitCount >= 8 {
            bitCount -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> UInt64(bitCount))
            out.append(byte)
            if byte == 0xFF { out.append(0) }
        }
    }

    private mutating func segment(_ kind: UInt8, _ body: [UInt8]) {
        out += [0xFF, kind, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
    }

    private mutating func random() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state >> 8
    }
}
