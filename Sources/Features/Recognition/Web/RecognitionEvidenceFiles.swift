import Core
import Documents
import Web

/// Files on their way in and out.
package enum RecognitionFiles {
    /// Takes in pictures and documents of evidence, by what they are and not by their names. Slow: outside any
    /// transaction. All are looked through before the first is kept, so that of six files with one that is refused
    /// nothing stays.
    package static func evidence(
        _ uploads: [(field: String, file: UploadedFile)], _ files: ContentStore
    ) throws -> [Recognition.NewEvidence] {
        let looked = try uploads.map { upload in
            try refusing(upload.field, upload.file.name) { (upload, try look(upload.file.bytes)) }
        }
        return try looked.map { upload, found in
            try refusing(upload.field, upload.file.name) { try keep(found, upload.file, files) }
        }
    }

    /// A file that was looked through and is kept nowhere yet.
    private enum Looked {
        case picture(NormalisedPicture)
        case document(DocumentFile)
    }

    private static func look(_ bytes: [UInt8]) throws -> Looked {
        FileKind.beginsAsDocument(bytes)
            ? .document(try DocumentFile.check(bytes)) : .picture(try Picture.normalise(bytes))
    }

    private static func keep(
        _ looked: Looked, _ upload: UploadedFile, _ files: ContentStore
    ) throws -> Recognition.NewEvidence {
        let name = shortened(upload.name)
        switch looked {
        case .picture(let picture):
            return .picture(
                Recognition.PreparedPicture(
                    address: try files.put(picture.bytes), thumbnail: try files.put(picture.thumbnail), fileName: name,
                    width: picture.width, height: picture.height, bytes: picture.bytes.count, origin: picture.taken))
        case .document(let file):
            return .document(
                Recognition.PreparedDocument(
                    address: try files.put(upload.bytes), file: file, fileName: name, bytes: upload.bytes.count))
        }
    }

    /// A signed paper: a PDF as it is, a photograph of it made anew.
    package static func scan(
        _ upload: UploadedFile, _ files: ContentStore, field: String
    ) throws -> Recognition.Decision.Scan {
        try refusing(field, upload.name) {
            guard !upload.bytes.isEmpty else { throw DocumentFault.empty }
            switch FileKind.sniff(upload.bytes) {
            case .pdf?:
                _ = try DocumentFile.check(upload.bytes)
                return Recognition.Decision.Scan(
                    address: try files.put(upload.bytes), type: FileKind.pdf.mediaType, name: shortened(upload.name))
            case .jpeg?, .png?:
                let picture = try Picture.normalise(upload.bytes)
                return Recognition.Decision.Scan(
                    address: try files.put(picture.bytes), type: FileKind.jpeg.mediaType, name: shortened(upload.name))
            case let other:
                throw DocumentFault.unsupportedType(found: other?.rawValue ?? "?")
            }
        }
    }

    package static func answer(
        _ address: ContentAddress, type: String, name: String, isShown: Bool, _ files: ContentStore
    ) -> FileAnswer {
        FileAnswer(type: type, name: name, tag: address.hex, isShown: isShown) {
            do { return try files.open(address) } catch DocumentFault.missing { throw NotFound() }
        }
    }

    /// A fault of the file in words for whoever sent it, beside its field, with the file's name: of six one is wrong.
    private static func refusing<Answer>(
        _ field: String, _ name: String, _ work: () throws -> Answer
    ) throws -> Answer {
        do { return try work() } catch let fault as DocumentFault {
            let (kind, key): (Refusal.Kind, String) =
                switch fault {
                case .tooLarge: (.tooLarge, "recognition.evidence.fault.tooLarge")
                case .tooManyPixels: (.tooLarge, "recognition.evidence.fault.tooManyPixels")
                case .unsupportedType(let found) where found == "ole":
                    (.unsupported, "recognition.evidence.fault.old")
                case .unsupportedType: (.unsupported, "recognition.evidence.fault.unsupported")
                case .empty: (.invalid, "recognition.evidence.fault.empty")
                case .full: (.full, "recognition.evidence.fault.full")
                case .mixed: (.invalid, "recognition.evidence.fault.mixed")
                case .active(let active): (.invalid, "recognition.evidence.fault.active.\(active.rawValue)")
                case .marked: (.invalid, "recognition.evidence.fault.marked")
                case .protected: (.invalid, "recognition.evidence.fault.protected")
                case .bomb: (.tooLarge, "recognition.evidence.fault.bomb")
                default: (.invalid, "recognition.evidence.fault.damaged")
                }
            throw Refusal(kind, key, field: field, ["limit": limit(fault), "file": shortened(name, 60)])
        }
    }

    private static func limit(_ fault: DocumentFault) -> String {
        switch fault {
        case .tooLarge(let bytes): "\(bytes >> 20)"
        case .tooManyPixels(let pixels): "\(pixels / 1_000_000)"
        default: ""
        }
    }

    /// What a sender's device calls a file may be anything; a hundred letters of it are kept, no control among them.
    private static func shortened(_ name: String, _ most: Int = 100) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let scalars = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        return String(String(String.UnicodeScalarView(scalars)).prefix(most))
    }
}
