import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOPosix

/// What a route answers that is neither page nor JSON: the bytes of a picture or a scan. They are read after the
/// snapshot is closed, on threads that may wait for a disk.
package struct FileAnswer: Sendable {
    /// "image/jpeg"; said together with "nosniff", so a browser believes nothing else.
    package let type: String
    /// By which it is saved.
    package let name: String
    /// Names the content: equal tags, equal bytes.
    package let tag: String
    /// Shown in the page, or handed over to be saved. What strangers made and a browser could run is handed over.
    package let isShown: Bool
    private let read: @Sendable () throws -> [UInt8]

    package init(
        type: String, name: String, tag: String, isShown: Bool = true, _ read: @escaping @Sendable () throws -> [UInt8]
    ) {
        self.type = type
        self.name = name
        self.tag = tag
        self.isShown = isShown
        self.read = read
    }

    func response(to request: Request) async throws -> Response {
        // Private: the next person at this browser must ask the server, which answers only whoever may see it.
        var headers: HTTPFields = [
            .contentType: type, .eTag: "\"\(tag)\"", .cacheControl: "private, no-cache", .vary: "Cookie",
            .contentDisposition: disposition,
        ]
        if request.headers[.ifNoneMatch] == "\"\(tag)\"" { return Response(status: .notModified, headers: headers) }
        let bytes = try await NIOThreadPool.singleton.runIfActive { try read() }
        headers[.contentLength] = "\(bytes.count)"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: .init(bytes: bytes)))
    }

    /// The name twice: plain for old browsers, in UTF-8 for others (RFC 6266).
    private var disposition: String {
        let plain = String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { scalar in
                    let isPlain =
                        scalar.isASCII && scalar.value > 31 && scalar != "\"" && scalar != "\\" && scalar.value != 127
                    return isPlain ? scalar : "_"
                }))
        return "\(isShown ? "inline" : "attachment"); filename=\"\(plain)\"; filename*=UTF-8''\(Body.escape(name))"
    }
}

extension Route {
    /// Bytes. Not part of the JSON interface: the address in a page or an answer is the same for every caller.
    ///
    /// The handler finds out whether this person may have them and where they are; it reads nothing from a disk.
    package static func file<Who>(
        _ path: String, _ access: Access<Who>, _ handler: @escaping @Sendable (Call<Who>) throws -> FileAnswer
    ) -> Route {
        Route(
            method: .get, path: path, access: access.bare, fields: [], formName: nil, sample: { nil },
            pagesOnly: "a file", bodyLimit: 0, show: { _ in throw NotFound() }, act: nil,
            file: { try handler($0.admitted(to: access)) })
    }
}
