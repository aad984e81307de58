import Foundation
import Testing

/// The folder of templates, words and public files is read whole at the start: what is missing or cut off there ends the
/// program with its name, before anybody opens a page.
@Suite("Assets of the program", .serialized) struct ProgramAssetsTests {
    private let manager = FileManager.default

    /// The folders of an installation, copied out of the checkout.
    private func assets() throws -> String {
        let root = KieuMau.folder()
        try manager.createDirectory(atPath: root, withIntermediateDirectories: true)
        try manager.copyItem(atPath: "\(Checkout.root)/Public", toPath: "\(root)/Public")
        for parent in ["Sources/Kit", "Sources/Features"] {
            for room in try manager.contentsOfDirectory(atPath: "\(Checkout.root)/\(parent)") {
                for name in ["Templates", "Words"] {
                    let path = "\(parent)/\(room)/\(name)"
                    guard manager.fileExists(atPath: "\(Checkout.root)/\(path)") else { continue }
                    try manager.createDirectory(
                        atPath: "\(root)/\(parent)/\(room)", withIntermediateDirectories: true)
                    try manager.copyItem(atPath: "\(Checkout.root)/\(path)", toPath: "\(root)/\(path)")
                }
            }
        }
        return root
    }

    private func cut(_ path: String, to share: Double) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try bytes.prefix(Int(Double(bytes.count) * share)).write(to: URL(fileURLWithPath: path))
    }

    /// It ends by itself; where it serves after all it is stopped, so that the test fails instead of waiting for ever.
    private func serve(_ data: String, _ assets: String) throws -> KieuMau.Ended {
        let program = try RunningProgram([
            "serve", "--data", data, "--assets", assets, "--port", "\(try FreePort.next())",
        ])
        let id = program.process.processIdentifier
        let late = DispatchWorkItem { kill(id, SIGTERM) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 30, execute: late)
        let code = try program.end()
        late.cancel()
        return KieuMau.Ended(code: code, said: program.said)
    }

    @Test func aFolderThatIsNotWholeEndsTheProgramWithTheNameOfTheFile() throws {
        let (data, root) = (KieuMau.folder(), try assets())
        defer { for path in [data, root] { try? manager.removeItem(atPath: path) } }
        #expect(try KieuMau.run(["migrate", "--data", data]).code == 0)
        let faults: [(file: String, said: String, spoil: (String) throws -> Void)] = [
            ("Public/kieumau.css", "has no kieumau.css", { try manager.removeItem(atPath: $0) }),
            ("Public/kieumau.js", "has no kieumau.js", { try manager.removeItem(atPath: $0) }),
            ("Public/paper.css", "paper.css is empty", { try cut($0, to: 0) }),
            ("Public/sign.svg", "sign.svg is no whole picture", { try cut($0, to: 0.5) }),
            ("Public/sign.svg", "has no sign.svg", { try manager.removeItem(atPath: $0) }),
            ("Public", "no folder", { try manager.removeItem(atPath: $0) }),
            ("Sources/Kit/Web/Words/vi.json", "vi.json is not JSON", { try cut($0, to: 0.5) }),
            (
                "Sources/Features/Recognition/Words/vi.json", "there is no word",
                { try manager.removeItem(atPath: $0) }
            ),
            ("Sources/Kit/Web/Templates/web-layout.mustache", "web-layout", { try cut($0, to: 0.3) }),
        ]
        for (file, said, spoil) in faults {
            let (path, kept) = ("\(root)/\(file)", KieuMau.folder())
            try manager.copyItem(atPath: path, toPath: kept)
            defer { try? manager.removeItem(atPath: kept) }
            try spoil(path)
            let ended = try serve(data, root)
            #expect(ended.code == 78, "\(file): \(ended.said)")
            #expect(ended.said.contains(said), "\(file): \(ended.said)")
            #expect(!ended.said.contains("http://127.0.0.1"), "\(file): it said that it listens")
            try? manager.removeItem(atPath: path)
            try manager.copyItem(atPath: kept, toPath: path)
        }
        // The same folder, whole again, serves.
        let port = try FreePort.next()
        let program = try RunningProgram(["serve", "--data", data, "--assets", root, "--port", "\(port)"])
        try program.wait(for: "http://127.0.0.1:\(port)")
        program.stop()
    }
}
