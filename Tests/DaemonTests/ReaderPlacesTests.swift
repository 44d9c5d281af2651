import Foundation
import LinuxIO
import Logging
import Operations
import Readers
import Testing
import Wire

@testable import Daemon

@Test func `a reader that has a station is not asked by somebody else what it is`() throws {
    let configuration = try ConfigurationFile.parse(
        """
        [discovery]
        serial = ["/dev/ttyUSB0", "/dev/ttyUSB1"]
        tcp = ["192.168.10.10:10001", "192.168.10.11", "Gate.example.org", "192.168.10.10:10002"]
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/ttyUSB0"
        [[reader]]
        name = "pad-2"
        role = "pad"
        driver = "feig"
        tcp = "192.168.10.10"
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        tcp = "gate.example.org:10003"
        """,
        file: "pressmark.toml"
    )
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let places = try ReaderPlaces(configuration.readers, readiness: try Readiness(), logger: logger)
    #expect(
        places.probe(configuration.discovery, readers: configuration.readers).places.map(\.name)
            == ["serial /dev/ttyUSB1", "tcp 192.168.10.11", "tcp 192.168.10.10:10002"]
    )
}
