// swift-tools-version:6.2
import PackageDescription

// The product's own sources, by links, so that its `package` declarations are in reach: docs/decisions/0010.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "pressmark-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "Wire", swiftSettings: settings),
        .target(name: "Tags", dependencies: ["Wire"], swiftSettings: settings),
        // SweepBench looks into the estimates.
        .target(
            name: "Library",
            dependencies: ["Tags"],
            swiftSettings: settings + [.unsafeFlags(["-enable-testing"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "Importers", dependencies: ["Library", "CZlib", "CZstd"], swiftSettings: settings),
        .target(
            name: "Store",
            dependencies: [
                "Library", "Tags", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CAllocations"),
        .target(name: "Figures", swiftSettings: settings),
        .executableTarget(
            name: "Bench",
            dependencies: ["CAllocations", "Figures", "Library", "Tags", "Wire"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "BenchHoldings",
            dependencies: ["Importers", "Library", "Store", "Tags"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "SweepBench",
            dependencies: ["Figures", "Library", "Tags"],
            swiftSettings: settings
        ),
    ]
)
