/// How much a file may ask of the server. Every number of this room stands here.
///
/// The defaults hold for a commune's daily work with room to spare: the largest list expected is 100,000 people.
package struct Limits: Sendable, Equatable {
    /// Bytes of one file as it was sent. 20 MiB holds a phone's largest photograph and a scan of some forty pages.
    package var uploadBytes = 20 << 20

    /// Files inside one archive. A workbook has some twenty, a report with pictures a few hundred.
    package var archiveEntries = 2_000
    /// Bytes of all files inside one archive together, unpacked. 100,000 rows of 6 columns take about 30 MB.
    package var unpackedBytes = 256 << 20
    /// How many times its packed size a file may unpack to. Real sheets stay under 30; deflate itself ends at 1,032.
    package var packedRatio = 100
    /// Files that unpack to less than this many bytes are not measured by ratio: a tiny empty sheet packs well.
    package var ratioFloorBytes = 1 << 20

    /// Bytes of one XML token (a tag with its attributes, a comment). The parser rereads an unfinished token with each
    /// piece that arrives, so a very long one would cost time squared.
    package var xmlTokenBytes = 1 << 20
    /// How deep XML elements may lie in one another. A sheet needs 6, a rich document some 40.
    package var xmlDepth = 128

    /// Filled rows of one sheet, its head line included.
    package var rows = 200_000
    /// Columns of one sheet that may be filled.
    package var columns = 256
    /// Bytes of UTF-8 in one cell; four for each of the 32,767 characters that spreadsheets allow.
    package var cellBytes = 4 * 32_767
    /// Sheets of one workbook.
    package var sheets = 256
    /// Different texts in one workbook's table of shared texts.
    package var sharedTexts = 2_000_000
    /// Bytes of UTF-8 of all shared texts together.
    package var sharedTextBytes = 64 << 20
    /// Cell formats of one workbook; spreadsheet programs themselves end at 65,490.
    package var cellFormats = 65_536

    /// Pixels of one picture. Phones of today make 12 to 50 million.
    package var pixels = 50_000_000
    /// Pixels along one side of a picture.
    package var pictureSide = 30_000
    /// Pixels that a JPEG's scans pass over together: a progressive one has about ten scans.
    package var scannedPixels = 1_000_000_000
    /// The longest side of a picture as it is kept, in pixels: enough to read a sign on a building.
    package var keptSide = 2_048
    /// The longest side of a thumbnail, in pixels.
    package var thumbnailSide = 320
    /// JPEG quality (1...100) of kept pictures and thumbnails.
    package var jpegQuality: Int32 = 82

    /// Pictures decoded at the same time in one program. One of 50 million pixels may take 200 MiB meanwhile.
    static let picturesAtOnce = 2

    package init() {}

    /// The limits as documented above.
    package static let standard = Limits()

    /// For documents sent as evidence, which are looked through to their end: a report with pictures inside.
    package static let evidence: Limits = {
        var limits = Limits()
        limits.unpackedBytes = 96 << 20
        limits.archiveEntries = 1_000
        return limits
    }()
}
