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
    targets: [
        .target(name: "Wire", swiftSettings: settings),
        .target(name: "Tags", dependencies: ["Wire"], swiftSettings: settings),
        .target(name: "Library", dependencies: ["Tags"], swiftSettings: settings),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "Bench",
            dependencies: ["CAllocations", "Library", "Tags", "Wire"],
            swiftSettings: settings
        ),
    ]
)
