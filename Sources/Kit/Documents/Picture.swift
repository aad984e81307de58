import CVips
import Dispatch

/// A picture made anew by the server: upright, no larger than needed, without a word about where it came from.
package struct NormalisedPicture: Sendable {
    /// JPEG in sRGB without any metadata.
    package let bytes: [UInt8]
    /// A small JPEG of the same.
    package let thumbnail: [UInt8]
    /// Of `bytes`, in pixels, upright.
    package let width: Int
    package let height: Int
    /// When and where the sender's device says it was taken. To be kept apart from the picture, under its own access
    /// and its own day of deletion (rules for people, 10); no part of `bytes` or `thumbnail` repeats it.
    package let taken: PictureOrigin
}

/// Reads photographs that strangers send.
package enum Picture {
    /// Decodes a JPEG, PNG, WebP or HEIC and makes it anew. Blocks for a quarter of a second or so, and while two
    /// others are at work: call it where blocking is allowed. Safe from any thread.
    /// - Throws: `DocumentFault`: `empty`, `tooLarge`, `unsupportedType`, `tooManyPixels`, `damaged`.
    package static func normalise(_ bytes: [UInt8], limits: Limits = .standard) throws -> NormalisedPicture {
        guard !bytes.isEmpty else { throw DocumentFault.empty }
        guard bytes.count <= limits.uploadBytes else { throw DocumentFault.tooLarge(limit: limits.uploadBytes) }
        let kind = FileKind.sniff(bytes, limits: limits)
        guard let kind, kind.isPicture else {
            guard kind != nil || !FileKind.beginsAsPicture(bytes) else { throw DocumentFault.mixed }
            throw DocumentFault.unsupportedType(found: kind?.rawValue ?? "?")
        }
        guard isStarted else { throw FileFailure(operation: "start of the picture library", code: 0) }
        // A progressive or interlaced picture is decoded whole; two at once keep the memory bounded.
        atOnce.wait()
        defer {
            km_vips_rest()
            atOnce.signal()
        }
        return try bytes.withUnsafeBytes { try normalise($0, kind, limits) }
    }

    private static let atOnce = DispatchSemaphore(value: Limits.picturesAtOnce)

    /// Whether the picture library is installed. Loads it.
    package static var isThere: Bool { km_vips_is_there() != 0 }

    /// Loads and starts the library at the first picture: a server that sees none does not pay for it.
    private static let isStarted = km_vips_start() == 0

    private static func normalise(
        _ bytes: UnsafeRawBufferPointer, _ kind: FileKind, _ limits: Limits
    ) throws -> NormalisedPicture {
        let (taken, longest) = try header(bytes, kind, limits)
        let shrink = kind == .jpeg ? shrinking(longest, to: limits.keptSide) : 1
        let reduced = try Image(
            shrink == 1
                ? km_vips_reduced(bytes.baseAddress, bytes.count, Int32(limits.keptSide))
                : km_vips_jpeg_reduced(bytes.baseAddress, bytes.count, Int32(shrink), Int32(limits.keptSide)))
        let colours = try Image(km_vips_srgb(reduced.pointer))
        let flat = try onPaper(colours)
        // Held decoded, so that the thumbnail does not decode the original again: 12 MB at most.
        let kept = try Image(km_vips_kept(flat.pointer))
        let small = try Image(km_vips_smaller(kept.pointer, Int32(limits.thumbnailSide)))
        return NormalisedPicture(
            bytes: try jpeg(kept, limits), thumbnail: try jpeg(small, limits),
            width: Int(km_vips_width(kept.pointer)), height: Int(km_vips_height(kept.pointer)),
            taken: taken)
    }

    /// By how much a JPEG is made smaller while it is decoded: phones' 4,000 pixels become 2,000 at once, although
    /// 2,048 would be kept. Never below fifteen sixteenths of what is kept.
    static func shrinking(_ longest: Int, to side: Int) -> Int {
        [8, 4, 2].first { longest / $0 >= side * 15 / 16 } ?? 1
    }

    /// Measures the picture before any pixel is decoded, and reads what it says of itself.
    private static func header(
        _ bytes: UnsafeRawBufferPointer, _ kind: FileKind, _ limits: Limits
    ) throws -> (origin: PictureOrigin, longestSide: Int) {
        let header = try Image(km_vips_header(bytes.baseAddress, bytes.count))
        let (width, height) = (km_vips_width(header.pointer), km_vips_height(header.pointer))
        guard width > 0, height > 0 else { throw DocumentFault.damaged }
        let pixels = Int(width) * Int(height)
        guard pixels <= limits.pixels, max(Int(width), Int(height)) <= limits.pictureSide else {
            throw DocumentFault.tooManyPixels(limit: limits.pixels)
        }
        // Each scan of a progressive JPEG passes over all pixels, and a few bytes make a scan.
        guard kind != .jpeg || scans(bytes) * pixels <= limits.scannedPixels else {
            throw DocumentFault.tooManyPixels(limit: limits.pixels)
        }
        let origin = PictureOrigin.read { field in
            km_vips_text(header.pointer, field).map { String(cString: $0) }
        }
        return (origin, max(Int(width), Int(height)))
    }

    /// How often "start of scan" stands in a JPEG. Its packed pixels never contain it; a preview inside may.
    private static func scans(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        var before: UInt8 = 0
        for byte in bytes {
            if before == 0xFF, byte == 0xDA { count += 1 }
            before = byte
        }
        return count
    }

    private static func onPaper(_ image: Image) throws -> Image {
        guard km_vips_has_alpha(image.pointer) != 0 else { return image }
        return try Image(km_vips_on_white(image.pointer))
    }

    private static func jpeg(_ image: Image, _ limits: Limits) throws -> [UInt8] {
        var bytes: UnsafeMutableRawPointer?
        var count = 0
        guard km_vips_jpeg(image.pointer, limits.jpegQuality, &bytes, &count) == 0, let bytes else {
            throw DocumentFault.damaged
        }
        defer { km_vips_free(bytes) }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// Holds an image of the library and gives it back.
    private final class Image {
        let pointer: OpaquePointer

        /// - Throws: `damaged` when the library gave none: it could not read the bytes.
        init(_ pointer: OpaquePointer?) throws {
            guard let pointer else { throw DocumentFault.damaged }
            self.pointer = pointer
        }

        deinit {
            km_vips_close(pointer)
        }
    }
}
