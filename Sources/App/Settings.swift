import ArgumentParser
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

    /// Said where a database was made and nobody is in it.
    var emptyWords: String {
        """
        \(postgres == nil ? databasePath : "the PostgreSQL database") is a new, empty database: nobody can sign in yet. \
        Set it up with kieumau init; look at --data if it should not be empty
        """
    }

    /// Where the program itself listens, as a browser on this machine is told it.
    var listening: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

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
    @Option(help: "How much to log: trace, debug, info, notice, warning, error, critical.") var logLevel: String?

    /// - Throws: an exit code with words that name the setting, where it stands and what is allowed there.
    func settings(
        host: String? = nil, port: Int? = nil, publicAddress: String? = nil, secure: Bool? = nil
    ) throws -> Settings {
        let found = try SettingSource(folder: data)
        let address = try found.value("public-address", option: publicAddress).map(Self.address)
        let isSecure = try secure ?? found.value("secure")?.isYes() ?? false
        if isSecure, let address, !address.isSecure {
            throw stop(
                "with --secure the public address begins with https://, but it is \(address)", ExitCodes.configuration)
        }
        guard let assets = try found.value("assets", option: assets)?.text ?? Self.assetsBesideProgram() else {
            throw stop(
                "the folder of templates and words was not found; name it with --assets", ExitCodes.configuration)
        }
        return Settings(
            data: found.folder, postgres: try found.value("postgres", option: postgres)?.text,
            host: try found.value("host", option: host)?.host() ?? "127.0.0.1",
            port: try found.value("port", option: port.map(String.init))?.port() ?? 8_080,
            publicAddress: address, isSecure: isSecure || address?.isSecure == true, assets: assets,
            logLevel: try found.value("log-level", option: logLevel)?.logLevel() ?? "notice",
            keyFile: try found.value("key-file", option: keyFile)?.text)
    }

    private static func address(_ value: SettingValue) throws -> SiteAddress {
        if let address = SiteAddress(value.text) { return address }
        throw value.fault("must read like https://kieumau.example.vn, without a path")
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
