import Documents
import Foundation
import Testing

#if os(Linux)
/// A server that saw no picture is without the library of pictures: it starts sooner and holds less.
@Suite("The library of pictures") struct PictureLibraryTests {
    private static func loaded(_ process: String) throws -> Bool {
        // Such a file says that it is empty until it is read to its end.
        let maps = try #require(FileHandle(forReadingAtPath: "/proc/\(process)/maps")).readToEnd()
        return String(decoding: try #require(maps), as: UTF8.self).contains("libvips")
    }

    @Test func aServerLoadsItNotBeforeTheFirstPicture() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try KieuMau.run(["migrate", "--data", data]).code == 0)
        let serving = try RunningProgram(["serve", "--data", data, "--port", "\(try FreePort.next())"])
        try serving.wait(for: "http://127.0.0.1")
        #expect(try !Self.loaded("\(serving.process.processIdentifier)"))
        serving.stop()
        // The same look sees it where it is loaded.
        #expect(Picture.isThere)
        #expect(try Self.loaded("self"))
    }
}
#endif
