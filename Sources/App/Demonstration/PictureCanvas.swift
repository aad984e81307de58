/// A picture of plain shapes, and its PNG.
struct PictureCanvas {
    struct Colour {
        let red: UInt8
        let green: UInt8
        let blue: UInt8

        init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }
    }

    let width: Int
    let height: Int
    /// Three bytes a pixel, row by row.
    private var pixels: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        pixels = [UInt8](repeating: 255, count: width * height * 3)
    }

    private mutating func put(_ x: Int, _ y: Int, _ colour: Colour) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        let start = (y * width + x) * 3
        pixels[start] = colour.red
        pixels[start + 1] = colour.green
        pixels[start + 2] = colour.blue
    }

    /// From the left upper corner to, without, the right lower one.
    mutating func rectangle(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ colour: Colour) {
        for y in max(0, top)..<max(0, min(height, bottom), top) {
            for x in max(0, left)..<max(0, min(width, right), left) { put(x, y, colour) }
        }
    }

    mutating func disc(_ x: Int, _ y: Int, _ radius: Int, _ colour: Colour) {
        for dy in -radius...radius {
            for dx in -radius...radius where dx * dx + dy * dy <= radius * radius { put(x + dx, y + dy, colour) }
        }
    }

    mutating func gradient(from top: Colour, to bottom: Colour, rows: Range<Int>) {
        for y in rows {
            let (gone, way) = (y - rows.lowerBound, rows.count)
            func mix(_ first: UInt8, _ last: UInt8) -> UInt8 {
                UInt8(clamping: Int(first) + (Int(last) - Int(first)) * gone / way)
            }
            let colour = Colour(mix(top.red, bottom.red), mix(top.green, bottom.green), mix(top.blue, bottom.blue))
            for x in 0..<width { put(x, y, colour) }
        }
    }

    /// PNG without compression: it is made anew as JPEG at once.
    var png: [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(pixels.count + height)
        for y in 0..<height {
            rows.append(0)
            rows += pixels[(y * width * 3)..<((y + 1) * width * 3)]
        }
        return [0x89] + Array("PNG\r\n\u{1A}\n".utf8)
            + PNG.chunk("IHDR", PNG.big(UInt32(width)) + PNG.big(UInt32(height)) + [8, 2, 0, 0, 0])
            + PNG.chunk("IDAT", PNG.stored(rows)) + PNG.chunk("IEND", [])
    }
}

/// The frame of a PNG file.
private enum PNG {
    static func big(_ number: UInt32) -> [UInt8] {
        [UInt8(number >> 24), UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
    }

    static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        return big(UInt32(body.count)) + named + big(checksum(named))
    }

    /// A zlib stream of blocks that are only stored.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65_535, bytes.count)
            let length = UInt16(end - start)
            out.append(end == bytes.count ? 1 : 0)
            out += [UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)]
            out += bytes[start..<end]
            start = end
        } while start < bytes.count
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return out + big(high << 16 | low)
    }

    private static let table: [UInt32] = (0..<256).map { first in
        (0..<8).reduce(UInt32(first)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { value, byte in table[Int((value ^ UInt32(byte)) & 255)] ^ value >> 8 }
    }
}
