// swift-tools-version: 6.2
// This is the map of the house: one line per module, its name and what it uses. The compiler holds it.
import PackageDescription

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")

/// A part that features stand on; it knows no feature.
func kit(_ name: String, uses: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: uses, path: "Sources/Kit/\(name)", exclude: exclude)
}

/// One capability of the mission: one module, one folder. Its templates and words are read from disk, not built.
func feature(_ name: String, uses: [Target.Dependency], and libraries: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: ["Core", "Database", "Web"] + uses + libraries,
        path: "Sources/Features/\(name)", exclude: ["Templates", "Words"])
}

/// A C library of the system, with the header that Swift needs to call it.
func system(_ name: String, _ pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func tests(_ name: String, in room: String, uses: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: uses + ["TestKit"], path: "Tests/\(room)/\(name)Tests", exclude: exclude)
}

let package = Package(
    name: "KieuMau",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "kieumau", targets: ["kieumau"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // Comes with Hummingbird; named for its floor: before 2.100 a made-up request could stop the program (0022).
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
    ],
    targets: [
        system("CPostgres", "libpq", apt: "libpq-dev"),
        system("CZlib", "zlib", apt: "zlib1g-dev"),
        system("CExpat", "expat", apt: "libexpat1-dev"),
        system("CZip", "libzip", apt: "libzip-dev"),
        // Loaded at the first picture, so it is not linked: only its own few functions are built.
        .target(name: "CVips", path: "Sources/System/CVips", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        system("CXlsxWriter", "xlsxwriter", apt: "libxlsxwriter-dev"),
        system("CQrencode", "libqrencode", apt: "libqrencode-dev"),

        kit("Core"),
        kit("Database", uses: ["Core", "CPostgres", grdb, .product(name: "GRDBSQLite", package: "GRDB.swift"), crypto, logging]),
        kit("Web", uses: ["Core", "Database", "CZlib", hummingbird, nio, mustache, crypto, logging],
            exclude: ["Templates", "Words"]),
        kit("Documents", uses: ["Core", "CZip", "CExpat", "CVips", "CXlsxWriter", "CQrencode", "CZlib", crypto]),

        feature("Organisation", uses: ["Documents"]),
        feature("People", uses: ["Organisation", "Documents"], and: [crypto, cryptoExtras]),
        feature("Criteria", uses: ["Organisation"], and: [yams]),
        feature("Ballots", uses: ["Organisation", "Documents"], and: [crypto]),
        feature("Recognition", uses: ["Ballots", "Criteria", "People", "Organisation", "Documents"]),
        feature("Practices", uses: ["Criteria", "People", "Organisation", "Documents"]),
        feature("Offices", uses: ["Recognition", "Criteria", "Organisation", "Documents"]),
        feature("Surveys", uses: ["Recognition", "Criteria", "Organisation", "Documents"]),
        feature("Rechecks", uses: ["Recognition", "Criteria", "People", "Organisation", "Documents"]),
        feature("Goals", uses: ["Criteria", "Organisation", "Documents"]),
        feature("Home", uses: ["Goals", "Offices", "Recognition", "Criteria", "People", "Organisation", "Documents"]),
        feature("Portal", uses: ["Practices", "Recognition", "Criteria", "Organisation", "Documents"]),

        .target(
            name: "App",
            dependencies: [
                "Core", "Database", "Web", "Documents",
                "Organisation", "People", "Criteria", "Ballots", "Recognition", "Practices", "Offices", "Surveys",
                "Rechecks", "Goals", "Home", "Portal",
                arguments, configuration, logging, lifecycle, yams, hummingbird,
            ]),
        .executableTarget(name: "kieumau", dependencies: ["App"], path: "Sources/Program"),

        // Not part of the product: prints the figures of Benchmarks/run.
        .executableTarget(
            name: "kieumau-bench", dependencies: [
                "App", "Ballots", "Core", "Database", "Documents", "Organisation", "People", "Web", arguments, logging,
            ],
            path: "Benchmarks/Program"),

        .target(
            name: "TestKit", dependencies: ["App", "Ballots", hummingbird, hummingbirdTesting, logging], path: "Tests/TestKit"),
        tests("Core", in: "Kit", uses: ["Core"]),
        .executableTarget(name: "crash-writer", dependencies: ["Database"], path: "Tests/CrashWriter"),
        tests("Database", in: "Kit", uses: ["Database", "crash-writer"]),
        tests("TestKit", in: "Kit", uses: ["Core", "Database"]),
        tests("Web", in: "Kit", uses: ["Web"]),
        tests("Documents", in: "Kit", uses: ["Documents"]),
        tests("Organisation", in: "Features", uses: ["Organisation"]),
        tests("People", in: "Features", uses: ["People"]),
        tests("Criteria", in: "Features", uses: ["Criteria"], exclude: ["Sets"]),
        tests("Recognition", in: "Features", uses: ["Recognition"], exclude: ["life-cycle.txt"]),
        tests("Ballots", in: "Features", uses: ["Ballots", "Criteria", "Recognition", logging]),
        tests("Practices", in: "Features", uses: ["Practices", "Criteria"]),
        tests("Offices", in: "Features", uses: ["Offices", "Recognition", "Criteria"]),
        tests("Surveys", in: "Features", uses: ["Surveys", "Offices", "Recognition", "Criteria"]),
        tests(
            "Rechecks", in: "Features", uses: ["Rechecks", "Recognition", "Criteria"], exclude: ["life-cycle.txt"]),
        tests("Goals", in: "Features", uses: ["Goals", "Recognition", "Criteria"]),
        tests("Home", in: "Features", uses: ["Home", "Recognition", "Criteria", "Organisation", "Web"]),
        tests("Portal", in: "Features", uses: ["Portal", "Recognition", "Criteria", "Organisation", "Web"]),
        .testTarget(
            name: "Whole", dependencies: [
                "App", "TestKit", "Ballots", "Database", "Documents", "Offices", "People", "Recognition", "Web", "kieumau", logging,
            ],
            path: "Tests/Whole"),
    ],
    swiftLanguageModes: [.v6]
)

// `make check`. Not for everybody: a newer compiler's new warning must not keep a newcomer from building.
if Context.environment["STRICT_WARNINGS"] != nil {
    for target in package.targets where target.type != .system {
        target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
    }
}
