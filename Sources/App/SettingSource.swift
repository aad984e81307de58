import ArgumentParser
import Configuration
import Foundation

/// Where settings come from besides options: the environment, then the file `kieumau.json` in the data folder.
///
/// Everything that stands there is looked at, and what makes no sense stops the program: a slip of the pen must not
/// quietly mean the opposite of what somebody wrote.
struct SettingSource {
    /// Every name that may stand in the environment (as KIEUMAU_…) or, but for the folder itself, in the file.
    static let names = [
        "data", "postgres", "host", "port", "public-address", "secure", "assets", "log-level", "key-file",
    ]
    /// Names of the environment that only tests and scripts read.
    static let foreign: Set<String> = [
        "KIEUMAU_TEST_POSTGRES", "KIEUMAU_WITHOUT_POSTGRES", "KIEUMAU_ADMIN_DATA", "KIEUMAU_POSTGRES_BIN",
        "KIEUMAU_LARGE",
    ]

    /// The data folder.
    let folder: String
    private let environment: [String: String]
    private let path: String
    private let reader: ConfigReader

    /// - Parameter folder: the option, when it was given.
    /// - Throws: an exit code with words for a name that nobody knows, an empty value, or a file that is none.
    init(folder option: String?) throws {
        environment = ProcessInfo.processInfo.environment
        try Self.refuseUnknown(environment.keys)
        if let set = environment["KIEUMAU_DATA"], set.isEmpty, option == nil {
            throw SettingValue(text: set, place: "KIEUMAU_DATA").fault("must not be empty: leave it out")
        }
        if let option, option.isEmpty { throw SettingValue(text: option, place: "--data").fault("must name a folder") }
        folder = option ?? environment["KIEUMAU_DATA"] ?? "data"
        path = "\(folder)/kieumau.json"
        let file = try Self.file(path)
        reader = ConfigReader(providers: [EnvironmentVariablesProvider(), file]).scoped(to: "kieumau")
    }

    /// What a setting was given, and where; nil where it was not.
    ///
    /// - Throws: an exit code with words when it is empty.
    func value(_ name: String, option: String? = nil) throws -> SettingValue? {
        let value: SettingValue
        let variable = Self.variable(name)
        if let option {
            value = SettingValue(text: option, place: "--\(name)")
        } else if let text = reader.string(forKey: .init(name)) {
            value = SettingValue(text: text, place: environment[variable] == nil ? "\(path): \(name)" : variable)
        } else {
            return nil
        }
        guard !value.text.isEmpty else { throw value.fault("must not be empty: leave it out, or say what is meant") }
        return value
    }

    private static func variable(_ name: String) -> String {
        "KIEUMAU_" + name.uppercased().replacing("-", with: "_")
    }

    private static func refuseUnknown(_ variables: some Sequence<String>) throws {
        let known = names.map(variable).sorted()
        for name in variables.sorted() where name.hasPrefix("KIEUMAU_") {
            guard known.contains(name) || foreign.contains(name) else {
                throw stop(
                    "unknown setting \(name); known are \(known.joined(separator: ", "))", ExitCodes.configuration)
            }
        }
    }

    private static func file(_ path: String) throws -> InMemoryProvider {
        guard FileManager.default.fileExists(atPath: path) else { return InMemoryProvider(values: [:]) }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw stop("\(path) is there and cannot be read", ExitCodes.configuration)
        }
        guard let values = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
            throw stop("\(path) must be one JSON object of names and texts", ExitCodes.configuration)
        }
        let allowed = names.filter { $0 != "data" }
        var ready: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard allowed.contains(name) else {
                let why = name == "data" ? "data cannot stand in the folder that it names" : "unknown setting \(name)"
                throw stop(
                    "\(path): \(why); known are \(allowed.joined(separator: ", "))", ExitCodes.configuration)
            }
            guard let text = value as? String else {
                throw stop(
                    "\(path): \(name) must be a text between quotation marks, such as \(example(name))",
                    ExitCodes.configuration)
            }
            ready[["kieumau", .init(name)]] = .init(stringLiteral: text)
        }
        return InMemoryProvider(values: ready)
    }

    private static func example(_ name: String) -> String {
        switch name {
        case "secure": "\"yes\" or \"no\""
        case "port": "\"8080\""
        default: "\"…\""
        }
    }
}

/// A setting as somebody wrote it, and where, so that a fault names the place to be mended.
struct SettingValue {
    let text: String
    let place: String

    static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    /// Words for a value that makes no sense.
    func fault(_ rule: String) -> ExitCode { stop("\(place) \(rule); it is “\(text)”", ExitCodes.configuration) }

    func isYes() throws -> Bool {
        guard text == "yes" || text == "no" else { throw fault("must be yes or no") }
        return text == "yes"
    }

    func port() throws -> Int {
        guard let port = Int(text), (1...65_535).contains(port) else {
            throw fault("must be a number from 1 to 65535")
        }
        return port
    }

    func logLevel() throws -> String {
        guard Self.logLevels.contains(text) else {
            throw fault("must be one of \(Self.logLevels.joined(separator: ", "))")
        }
        return text
    }

    /// A name or number of this machine; an IPv6 number with or without its brackets.
    func host() throws -> String {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        guard !bare.isEmpty, bare.allSatisfy({ $0.isLetter || $0.isNumber || ".:-_%".contains($0) }) else {
            throw fault("must be a name or a number of this machine, without a scheme and a port")
        }
        return bare
    }
}
