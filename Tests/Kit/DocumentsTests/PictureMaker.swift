import Foundation

/// Makes pictures byte by byte.
enum PictureMaker {
    /// A PNG of one colour gradient. `claiming` writes another size into its header than its pixels have.
    static func png(width: Int, height: Int, claiming: (width: Int, height: Int)? = nil) -> [UInt8] {
        var lines: [UInt8] = []
        for y in 0..<height {
            lines.append(0)
            for x in 0..<width { lines += [UInt8(x & 0xFF), UInt8(y & 0xFF), 0x40] }
        }
        let size = claiming ?? (width, height)
        return [0x89] + Array("PNG\r\n\u{1A}\n".utf8)
            + chunk("IHDR", big(size.width) + big(size.height) + [8, 2, 0, 0, 0])
            + chunk("IDAT", Deflate.storedZlib(lines)) + chunk("IEND", [])
    }

    /// The same JPEG with a note of time and place: 2025-11-20 08:15:00 +07:00, 10°46′30″ N, 106°41′12″ E, turned by
    /// a quarter.
    static func withOrigin(_ jpeg: [UInt8]) -> [UInt8] {
        let body = Array("Exif\0\0".utf8) + exif()
        let length = body.count + 2
        return [0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + body + jpeg.dropFirst(2)
    }

    /// 64 × 32 pixels of red, as WebP.
    static let webp = decode(
        "UklGRkgAAABXRUJQVlA4IDwAAAAwAwCdASpAACAAPtForlGoJiQipAgBABoJZwDScAs+/lc4AP7qZf+WZwr7l//xvH+S7+3fZTjaPSQAAAA=")

    /// 64 × 32 pixels of red, as HEIC.
    static let heic = decode(
        """
        AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9j\
        AAAAAERAAAEAAQAAAAABoQABAAAAAAAAABgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/Wlw\
        cnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AA\
        AAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAA\
        QAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWB\
        AgMFhAAAACBtZGF0AAAAFCgBrwQY+Mpx1//zIR+fgLhh0hHn
        """)

    private static func decode(_ text: String) -> [UInt8] {
        Data(base64Encoded: text).map { [UInt8]($0) } ?? []
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        return big(body.count) + named + big(Int(CRC32.of(named)))
    }

    private static func big(_ number: Int, _ count: Int = 4) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// Three directories (picture, camera, place) with their longer values behind them.
    private static func exif() -> [UInt8] {
        let (camera, place, values) = (8 + 2 + 36 + 4, 8 + 42 + 30, 8 + 42 + 30 + 54)
        let date = Array("2025:11:20 08:15:00\0".utf8)
        let offset = Array("+07:00\0\0".utf8)
        let north = [10, 1, 46, 1, 30, 1].flatMap { big($0) }
        let east = [106, 1, 41, 1, 12, 1].flatMap { big($0) }
        let first = directory([
            (0x0112, 3, 1, big(6, 2) + [0, 0]), (0x8769, 4, 1, big(camera)), (0x8825, 4, 1, big(place)),
        ])
        let second = directory([
            (0x9003, 2, 20, big(values)), (0x9011, 2, 7, big(values + 20)),
        ])
        let third = directory([
            (1, 2, 2, Array("N\0\0\0".utf8)), (2, 5, 3, big(values + 28)),
            (3, 2, 2, Array("E\0\0\0".utf8)), (4, 5, 3, big(values + 52)),
        ])
        return Array("MM\0*".utf8) + big(8) + first + second + third + date + offset + north + east
    }

    private static func directory(_ fields: [(tag: Int, type: Int, count: Int, value: [UInt8])]) -> [UInt8] {
        let body = fields.flatMap { big($0.tag, 2) + big($0.type, 2) + big($0.count) + $0.value }
        return big(fields.count, 2) + body + big(0)
    }
}

/// The same chance each time.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A folder of its own for a test, gone at its end.
final class TestFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A folder that stays behind in the temporary place harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }
}
