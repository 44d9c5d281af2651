import Foundation
import Testing

/// What the service's unit says of starting, and of what it may open.
@Suite struct ServiceUnitTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../systemd")
        .standardized

    /// All values of a key, in their order.
    private static func values(_ key: String, in file: String = "pressmarkd.service") throws -> [String] {
        let lines = try String(contentsOf: folder.appending(path: file), encoding: .utf8).split(separator: "\n")
        return lines.filter { $0.hasPrefix("\(key)=") }.map { String($0.dropFirst(key.count + 1)) }
    }

    @Test func `the service is started again for ever, unless its configuration cannot be used`() throws {
        #expect(try Self.values("Restart") == ["on-failure"])
        #expect(try Self.values("StartLimitIntervalSec") == ["0"])
        // EX_CONFIG of sysexits.h, which the daemon ends with then.
        #expect(try Self.values("RestartPreventExitStatus") == ["78"])
    }

    @Test func `the drop-in for mail lets each mail program write where it keeps what it took`() throws {
        let places = try Self.values("ReadWritePaths", in: "pressmarkd-mail.conf").flatMap { $0.split(separator: " ") }
        #expect(places == ["-/var/spool/postfix", "-/var/spool/dma"])
    }

    @Test func `the service may open readers on every kind of line, and gate lines, and no other device`() throws {
        #expect(try Self.values("DevicePolicy") == ["closed"])
        let kinds = ["usb_device", "ttyUSB", "ttyACM", "ttyS", "ttyAMA", "gpiochip"]
        #expect(try Self.values("DeviceAllow") == kinds.map { "char-\($0) rw" })
    }
}
