import Core
import Documents
import Web

/// The document a target rests on, as a file: a PDF as it is, a photograph of it made anew.
enum GoalsFiles {
    /// - Throws: `Refusal` beside the field `scan`.
    static func keep(_ upload: UploadedFile, _ files: ContentStore) throws -> Goals.Scan {
        do {
            if FileKind.sniff(upload.bytes) == .pdf {
                _ = try DocumentFile.check(upload.bytes)
                return Goals.Scan(
                    address: try files.put(upload.bytes), type: FileKind.pdf.mediaType, name: plain(upload.name))
            }
            let picture = try Picture.normalise(upload.bytes)
            return Goals.Scan(
                address: try files.put(picture.bytes), type: FileKind.jpeg.mediaType, name: plain(upload.name))
        } catch let fault as DocumentFault {
            let key =
                switch fault {
                case .marked: "goals.refusal.scanMarked"
                case .full: "goals.refusal.scanFull"
                case .tooLarge, .tooManyPixels, .bomb: "goals.refusal.scanLarge"
                default: "goals.refusal.scan"
                }
            throw Refusal(fault == .full ? .full : .invalid, key, field: "scan", ["file": plain(upload.name)])
        }
    }

    static func answer(_ scan: Goals.Scan, _ files: ContentStore) -> FileAnswer {
        let isPicture = scan.type == FileKind.jpeg.mediaType
        // A PDF can carry scripts: it is handed over, not opened within the site.
        return FileAnswer(type: scan.type, name: scan.name, tag: scan.address.hex, isShown: isPicture) {
            do { return try files.open(scan.address) } catch DocumentFault.missing { throw NotFound() }
        }
    }

    private static func plain(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        return String(last.filter { !$0.isNewline && $0 != "\0" }.prefix(100))
    }
}
