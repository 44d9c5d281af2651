import Foundation
import Testing

/// What the service's unit says of starting, and of what it may open.
@Suite struct ServiceUnitTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../systemd/pressmarkd.service").standardized

    /// All values of a key, in their order.
    private static func values(_ key: String) throws -> [String] {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return lines.filter { $0.hasPrefix("\(key)=") }.map { String($0.dropFirst(key.count + 1)) }
    }

    @Test func `the service is started again for ever, unless its configuration cannot be used`() throws {
        #expect(try Self.values("Restart") == ["on-failure"])
        #expect(try Self.values("StartLimitIntervalSec") == ["0"])
        // EX_CONFIG of sysexits.h, which the daemon ends with then.
        #expect(try Self.values("RestartPreventExitStatus") == ["78"])
    }
}
