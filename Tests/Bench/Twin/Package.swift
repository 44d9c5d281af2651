// swift-tools-version:6.2
import PackageDescription

// The other end of the bench's cables: readers, tags and a library system, from the product's own sources by links
// (docs/decisions/0010), so that the virtual machine meets the same devices as every other test.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "pressmark-bench-twin",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Wire", swiftSettings: settings),
        .target(name: "Tags", dependencies: ["Wire"], swiftSettings: settings),
        .target(name: "Readers", dependencies: ["Tags", "Wire"], swiftSettings: settings),
        .target(name: "Field", dependencies: ["Readers", "Tags", "Wire"], swiftSettings: settings),
        .target(name: "SIP2", dependencies: ["Wire"], swiftSettings: settings),
        .executableTarget(
            name: "BenchTwin",
            dependencies: ["Wire", "Tags", "Readers", "Field", "SIP2"],
            swiftSettings: settings
        ),
    ]
)
