// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// A target exists to forbid an import: Tests/ArchitectureTests holds the table and checks it against the sources.
let package = Package(
    name: "pressmark",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "pressmarkd", targets: ["Daemon"]),
        .executable(name: "pressmark", targets: ["Command"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
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
        .target(name: "API", swiftSettings: settings),
        .target(
            name: "Operations",
            dependencies: ["Library", "Tags", "Wire", "Readers", "SIP2", "Importers", "Store", logging],
            swiftSettings: settings
        ),
        .target(
            name: "Interfaces",
            dependencies: [
                "Operations", "Importers", "Library", "Tags", "Wire", "API", hummingbird, hummingbirdTLS, crypto,
                httpClient,
                logging,
            ],
            resources: [.embedInCode("Web")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Daemon",
            dependencies: [
                "Wire", "Tags", "Library", "Readers", "Field", "SIP2", "Importers", "LinuxIO", "Store", "API",
                "Operations", "Interfaces", arguments, toml, lifecycle, signals, logging,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Command",
            dependencies: ["API", "Library", "Tags", "Wire", arguments, crypto, httpClient],
            swiftSettings: settings
        ),
        .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: settings),
        .testTarget(name: "TagsTests", dependencies: ["Tags", "Wire"], swiftSettings: settings),
        .testTarget(
            name: "LibraryTests",
            dependencies: ["Library", "Tags", "Wire"],
            exclude: ["Gate/Scenarios"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ReadersTests",
            dependencies: ["Readers", "Tags", "Wire"],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(name: "FieldTests", dependencies: ["Field", "Readers", "Tags", "Wire"], swiftSettings: settings),
        .testTarget(name: "SIP2Tests", dependencies: ["SIP2", "Wire"], swiftSettings: settings),
        .testTarget(name: "ImportersTests", dependencies: ["Importers", "Library"], swiftSettings: settings),
        .testTarget(name: "LinuxIOTests", dependencies: ["LinuxIO", "Wire", "COpenSSL"], swiftSettings: settings),
        .testTarget(name: "StoreTests", dependencies: ["Store", "Library", "Tags", "Wire"], swiftSettings: settings),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Operations", "Field", "Importers", "Library", "Readers", "SIP2", "Store", "Tags", "Wire", grdb,
                logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Operations", "Field", "Library", "Readers", "SIP2", "Store", "Tags", "Wire", logging, sqlite,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "InterfacesTests",
            dependencies: [
                "Interfaces", "API", "Field", "Importers", "Library", "Operations", "Readers", "SIP2", "Store", "Tags",
                "Wire", logging, hummingbirdTesting,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Daemon", "API", "Field", "Importers", "Library", "LinuxIO", "Operations", "Readers", "SIP2", "Store",
                "Tags", "Wire", arguments, logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["Command", "API", "Library", "Tags", "Wire", arguments],
            swiftSettings: settings
        ),
        .testTarget(name: "EndToEndTests", dependencies: ["Daemon", "Command", arguments], swiftSettings: settings),
        .testTarget(name: "BenchmarksTests", swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
    ]
)
