import Testing

@testable import Documents

@Suite("Pictures")
struct PictureTests {
    @Test(
        "Each kind becomes JPEG, small ones keep their size",
        arguments: [
            (PictureMaker.png(width: 40, height: 20), 40, 20), (PictureMaker.webp, 64, 32), (PictureMaker.heic, 64, 32),
        ])
    func kinds(bytes: [UInt8], width: Int, height: Int) throws {
        let picture = try Picture.normalise(bytes)
        #expect((picture.width, picture.height) == (width, height))
        #expect(FileKind.sniff(picture.bytes) == .jpeg)
        #expect(FileKind.sniff(picture.thumbnail) == .jpeg)
        #expect(picture.taken == .unknown)
    }

    @Test("Large ones are made smaller by their longest side")
    func sizes() throws {
        var limits = Limits()
        (limits.keptSide, limits.thumbnailSide) = (100, 30)
        let picture = try Picture.normalise(PictureMaker.png(width: 400, height: 200), limits: limits)
        #expect((picture.width, picture.height) == (100, 50))
        let thumbnail = try Picture.normalise(picture.thumbnail)
        #expect((thumbnail.width, thumbnail.height) == (30, 15))
    }

    @Test("A large JPEG is made smaller while it is decoded, turned upright, and hardly below what is kept")
    func shrinking() throws {
        #expect(Picture.shrinking(4_032, to: 2_048) == 2 && Picture.shrinking(8_160, to: 2_048) == 4)
        #expect(Picture.shrinking(3_839, to: 2_048) == 1 && Picture.shrinking(3_840, to: 2_048) == 2)
        #expect(Picture.shrinking(2_048, to: 2_048) == 1)
        var limits = Limits()
        (limits.keptSide, limits.thumbnailSide) = (100, 30)
        var large = Limits()
        large.keptSide = 400
        let jpeg = try Picture.normalise(PictureMaker.png(width: 396, height: 200), limits: large).bytes
        let picture = try Picture.normalise(PictureMaker.withOrigin(jpeg), limits: limits)
        #expect((picture.width, picture.height) == (50, 99))
        #expect(picture.taken.instantText != nil)
        #expect(throws: DocumentFault.damaged) {
            _ = try Picture.normalise(Array(jpeg.prefix(jpeg.count / 2)), limits: limits)
        }
    }

    @Test("Time and place are told apart from the picture, which is upright and silent about them")
    func origin() throws {
        let plain = try Picture.normalise(PictureMaker.png(width: 40, height: 20)).bytes
        let picture = try Picture.normalise(PictureMaker.withOrigin(plain))
        #expect((picture.width, picture.height) == (20, 40))
        #expect(picture.taken.instantText == "2025-11-20T08:15:00+07:00")
        #expect(abs((picture.taken.latitude ?? 0) - 10.775) < 1e-9)
        #expect(abs((picture.taken.longitude ?? 0) - (106 + 41.0 / 60 + 12.0 / 3_600)) < 1e-9)
        for bytes in [picture.bytes, picture.thumbnail] {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("Exif") && !text.contains("2025:11:20"))
            #expect(try Picture.normalise(bytes).taken == .unknown)
        }
    }

    @Test(
        "Notes of devices that make no sense are left out",
        arguments: [
            ["exif-ifd2-DateTimeOriginal": "0000:00:00 00:00:00 (x)"],
            ["exif-ifd2-DateTimeOriginal": "2025:13:20 08:15:00"],
            ["exif-ifd2-DateTimeOriginal": "<script>:1:1 11:11:11"], ["exif-ifd2-DateTimeOriginal": ""],
            ["exif-ifd3-GPSLatitude": "10/0 0/1 0/1", "exif-ifd3-GPSLatitudeRef": "N"],
            [
                "exif-ifd3-GPSLatitude": "0/1 0/1 0/1", "exif-ifd3-GPSLatitudeRef": "N",
                "exif-ifd3-GPSLongitude": "0/1 0/1 0/1", "exif-ifd3-GPSLongitudeRef": "E",
            ],
            [
                "exif-ifd3-GPSLatitude": "95/1 0/1 0/1", "exif-ifd3-GPSLatitudeRef": "N",
                "exif-ifd3-GPSLongitude": "1/1 0/1 0/1", "exif-ifd3-GPSLongitudeRef": "E",
            ],
        ])
    func nonsense(fields: [String: String]) {
        #expect(PictureOrigin.read { fields[$0] } == .unknown)
    }

    @Test("80 million pixels are refused by the header alone")
    func flood() {
        let flood = PictureMaker.png(width: 4, height: 4, claiming: (10_000, 8_000))
        #expect(throws: DocumentFault.tooManyPixels(limit: 50_000_000)) { _ = try Picture.normalise(flood) }
        let line = PictureMaker.png(width: 4, height: 4, claiming: (1_000_000, 1))
        #expect(throws: DocumentFault.tooManyPixels(limit: 50_000_000)) { _ = try Picture.normalise(line) }
    }

    @Test("A JPEG of very many scans is refused before it is decoded")
    func scans() throws {
        var limits = Limits()
        let picture = try Picture.normalise(PictureMaker.png(width: 40, height: 20)).bytes
        limits.scannedPixels = 799
        #expect(throws: DocumentFault.tooManyPixels(limit: limits.pixels)) {
            _ = try Picture.normalise(picture, limits: limits)
        }
        limits.scannedPixels = 800
        #expect(throws: Never.self) { _ = try Picture.normalise(picture, limits: limits) }
    }

    @Test("Cut-off pictures are damaged; other things are no pictures")
    func refused() throws {
        let png = PictureMaker.png(width: 400, height: 300)
        let jpeg = try Picture.normalise(png).bytes
        for (name, whole) in [("png", png), ("jpeg", jpeg), ("webp", PictureMaker.webp), ("heic", PictureMaker.heic)] {
            #expect(throws: DocumentFault.damaged, "\(name)") {
                _ = try Picture.normalise(Array(whole.prefix(whole.count * 2 / 3)))
            }
        }
        var limits = Limits()
        limits.uploadBytes = 10
        #expect(throws: DocumentFault.tooLarge(limit: 10)) { _ = try Picture.normalise(png, limits: limits) }
        #expect(throws: DocumentFault.empty) { _ = try Picture.normalise([]) }
        #expect(throws: DocumentFault.unsupportedType(found: "pdf")) {
            _ = try Picture.normalise(Array("%PDF-1.4".utf8))
        }
        let drawing = #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#
        #expect(throws: DocumentFault.unsupportedType(found: "?")) { _ = try Picture.normalise(Array(drawing.utf8)) }
        #expect(throws: DocumentFault.unsupportedType(found: "?")) { _ = try Picture.normalise(Array("GIF89a".utf8)) }
    }

    @Test("Many at once give the same answer")
    func manyAtOnce() async throws {
        let png = PictureMaker.png(width: 300, height: 200)
        let first = try Picture.normalise(png).bytes
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { try Picture.normalise(png).bytes } }
            for try await bytes in group { #expect(bytes == first) }
        }
    }

    @Test("Good pictures changed at random never end the program")
    func mutations() throws {
        let png = PictureMaker.png(width: 48, height: 32)
        let jpeg = PictureMaker.withOrigin(try Picture.normalise(png).bytes)
        var chance = SeededGenerator(state: 2026)
        for turn in 0..<400 {
            let good = [png, jpeg, PictureMaker.webp, PictureMaker.heic][turn % 4]
            // Either a picture or a refusal; any other way would end the test run itself.
            do { _ = try Picture.normalise(mutated(good, &chance)) } catch is DocumentFault {}
        }
    }
}
