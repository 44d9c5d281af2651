import Foundation

/// The descriptors of this process that lead to one file; other tests that run beside do not disturb the count.
func openDescriptors(of path: String) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { number in
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")) == path
    }
}

/// A new folder for one test.
func temporaryFolder() throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path
}

/// How long a test waits for what will come: tests that compute beside it may hold up the other end for long.
let patience = Duration.seconds(120)
