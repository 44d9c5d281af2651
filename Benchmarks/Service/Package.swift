// swift-tools-version:6.2
import PackageDescription

// Stations, gates and security as the service puts them together, from the product's own sources by links:
// docs/decisions/0010.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "pressmark-service-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "Wire", swiftSettings: settings),
        .target(name: "Tags", dependencies: ["Wire"], swiftSettings: settings),
        .target(name: "Library", dependencies: ["Tags"], swiftSettings: settings),
        .target(name: "Readers", dependencies: ["Tags", "Wire"], swiftSettings: settings),
        .target(name: "Field", dependencies: ["Readers", "Tags", "Wire"], swiftSettings: settings),
        .target(name: "SIP2", dependencies: ["Wire"], swiftSettings: settings),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "Importers", dependencies: ["Library", "CZlib", "CZstd"], swiftSettings: settings),
        .target(name: "CLinux"),
        .systemLibrary(name: "CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
        .systemLibrary(name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(
            name: "LinuxIO",
            dependencies: ["Wire", "CLinux", "CLibUSB", "CMosquitto", "COpenSSL"],
            swiftSettings: settings
        ),
        .target(name: "Store", dependencies: ["Library", "Tags", crypto, grdb, sqlite], swiftSettings: settings),
        .target(
            name: "Operations",
            dependencies: ["Library", "Tags", "Wire", "Readers", "SIP2", "Importers", "Store", logging],
            swiftSettings: settings
        ),
        .target(name: "Figures", swiftSettings: settings),
        .target(name: "CMeter"),
        .executableTarget(
            name: "PadBench",
            dependencies: ["Wire", "Tags", "Library", "Readers", "Field", "Store", "Operations", "Figures", logging],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Soak",
            dependencies: [
                "Wire", "Tags", "Library", "Readers", "Field", "SIP2", "Store", "Operations", logging, sqlite,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "ProxyBench",
            dependencies: ["Wire", "Library", "LinuxIO", "Operations", logging],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "GateBench",
            dependencies: [
                "Wire", "Tags", "Library", "Readers", "Field", "CLinux", "CMeter", "LinuxIO", "Store", "Operations",
                "Figures", logging,
            ],
            swiftSettings: settings
        ),
    ]
)
