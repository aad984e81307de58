import ArgumentParser
import Configuration
import Foundation
import Web

/// Where the program keeps its things and where it listens. An option wins over the environment, the environment
/// over the file `kieumau.json` in the data folder, and that over what is built in.
package struct Settings: Sendable {
    /// The folder of the embedded database and of the files; made when it is not there.
    package var data: String
    /// How to reach PostgreSQL, as libpq reads it; nil for the embedded engine.
    package var postgres: String?
    package var host: String
    package var port: Int
    /// Where people reach the pages, when that is not the address listened on.
    package var publicAddress: SiteAddress?
    /// Reached through HTTPS, by a server in front: cookies are bound to it.
    package var isSecure: Bool
    /// The folder of templates, words and public files.
    package var assets: String
    package var logLevel: String
    /// The key that seals secrets in the database; nil for its place in the data folder.
    package var keyFile: String?

    package init(
        data: String, postgres: String?, host: String, port: Int, publicAddress: SiteAddress? = nil, isSecure: Bool,
        assets: String, logLevel: String, keyFile: String? = nil
    ) {
        self.keyFile = keyFile
        self.data = data
        self.postgres = postgres
        self.host = host
        self.port = port
        self.publicAddress = publicAddress
        self.isSecure = isSecure
        self.assets = assets
        self.logLevel = logLevel
    }

    package var databasePath: String { "\(data)/kieumau.sqlite" }
    package var filesPath: String { "\(data)/files" }
    /// Kept out of every copy of the database (docs/operating.md).
    package var ballotKeysPath: String { "\(data)/ballot-keys" }
    package var keyPath: String { keyFile ?? "\(data)/secrets.key" }

    /// What links on paper begin with, and the name requests must ask for.
    package var address: SiteAddress { publicAddress ?? .thisMachine(port: port) }
}

/// The options every command shares.
struct SettingOptions: ParsableArguments {
    @Option(help: "Folder of the database and the files.") var data: String?
    @Option(help: "PostgreSQL instead of the embedded engine, as libpq reads it.") var postgres: String?
    @Option(help: "Folder of templates, words and public files.") var assets: String?
    @Option(help: "File of the key that seals secrets; secrets.key in the data folder if not given.")
    var keyFile: String?
    @Option(help: "How much to log: trace, debug, info, notice, warning, error.") var logLevel: String?

    /// Every name that may stand in the environment (as KIEUMAU_…) or in the file.
    static let names = [
        "data", "postgres", "host", "port", "public-address", "secure", "assets", "log-level",
        "key-file",
    ]
    /// Names of the environment that only tests and scripts read.
    private static let foreign: Set<String> = [
        "KIEUMAU_TEST_POSTGRES", "KIEUMAU_WITHOUT_POSTGRES", "KIEUMAU_ADMIN_DATA",
    ]

    func settings(
        host: String? = nil, port: Int? = nil, publicAddress: String? = nil, secure: Bool? = nil
    ) throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        let known = Set(Self.names.map { "KIEUMAU_" + $0.uppercased().replacing("-", with: "_") })
        for name in environment.keys
        where name.hasPrefix("KIEUMAU_") && !known.contains(name) && !Self.foreign.contains(name) {
            throw stop(
                "unknown setting \(name); known are \(known.sorted().joined(separator: ", "))", ExitCodes.configuration)
        }
        let folder = data ?? environment["KIEUMAU_DATA"] ?? "data"
        let reader = ConfigReader(
            providers: [EnvironmentVariablesProvider()] + [try Self.file(folder)].compactMap { $0 }
        )
        .scoped(to: "kieumau")
        let portText = reader.string(forKey: "port", default: "8080")
        guard let chosenPort = port ?? Int(portText), (1...65_535).contains(chosenPort) else {
            throw stop("the port must be a number from 1 to 65535, not \(portText)", ExitCodes.configuration)
        }
        let level = logLevel ?? reader.string(forKey: "log-level", default: "notice")
        guard ["trace", "debug", "info", "notice", "warning", "error", "critical"].contains(level) else {
            throw stop("unknown log level \(level)", ExitCodes.configuration)
        }
        let assets = assets ?? reader.string(forKey: "assets") ?? Self.assetsBesideProgram()
        guard let assets else {
            throw stop(
                "the folder of templates and words was not found; name it with --assets", ExitCodes.configuration)
        }
        let address = try (publicAddress ?? reader.string(forKey: "public-address")).map(Self.address)
        let isSecure = secure ?? (reader.string(forKey: "secure", default: "no") == "yes")
        if isSecure, let address, !address.isSecure {
            throw stop(
                "with --secure the public address begins with https://, but it is \(address)", ExitCodes.configuration)
        }
        return Settings(
            data: folder, postgres: postgres ?? reader.string(forKey: "postgres"),
            host: host ?? reader.string(forKey: "host", default: "127.0.0.1"), port: chosenPort,
            publicAddress: address, isSecure: isSecure || address?.isSecure == true, assets: assets, logLevel: level,
            keyFile: keyFile ?? reader.string(forKey: "key-file"))
    }

    private static func address(_ text: String) throws -> SiteAddress {
        if let address = SiteAddress(text) { return address }
        throw stop(
            "the public address must read like https://kieumau.example.vn, without a path; not \(text)",
            ExitCodes.configuration)
    }

    private static func file(_ folder: String) throws -> InMemoryProvider? {
        let path = "\(folder)/kieumau.json"
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        guard let values = try? JSONDecoder().decode([String: String].self, from: bytes) else {
            throw stop("\(path) must be one JSON object of names and texts", ExitCodes.configuration)
        }
        for name in values.keys where !names.contains(name) {
            throw stop(
                "\(path): unknown setting \(name); known are \(names.joined(separator: ", "))", ExitCodes.configuration)
        }
        var ready: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in values { ready[["kieumau", .init(name)]] = .init(stringLiteral: value) }
        return InMemoryProvider(values: ready)
    }

    /// In a checkout the folders stand above the program; installed, in `../share/kieumau`; else where one is.
    private static func assetsBesideProgram() -> String? {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var candidates = [FileManager.default.currentDirectoryPath]
        var folder = program.deletingLastPathComponent()
        candidates.append(folder.deletingLastPathComponent().path + "/share/kieumau")
        for _ in 0..<6 {
            candidates.append(folder.path)
            folder = folder.deletingLastPathComponent()
        }
        return candidates.first { FileManager.default.fileExists(atPath: $0 + "/Public/kieumau.css") }
    }
}
