import Foundation
import Testing

/// What the package does when it comes and goes.
@Suite struct MaintainerScriptTests {
    private static let debian = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../debian")
        .standardized

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: debian.appending(path: name), encoding: .utf8)
    }

    @Test func `no socket wakes the service while the package is taken away`() throws {
        let sockets = try Self.text("pressmark.install").matches(of: #/systemd/(\S+\.socket) /#).map { $0.output.1 }
        #expect(sockets.count == 2)
        let script = try Self.text("pressmark.prerm")
        let stop = try #require(script.firstMatch(of: /deb-systemd-invoke stop ([^>]+)/))
        for socket in sockets { #expect(stop.output.1.split(separator: " ").contains(socket)) }
        // The part that debhelper writes stops the service.
        let service = try #require(script.range(of: "\n#DEBHELPER#\n"))
        #expect(stop.range.upperBound <= service.lowerBound)
    }
}
