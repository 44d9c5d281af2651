import Foundation
import Library
import LinuxIO
import Readers
import Testing
import Wire

@testable import Daemon

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: text).map(\.description)
}

@Test func `a byte order mark before the first table hides no line`() {
    let found = mistakes("\u{FEFF}[http]\r\nport = 99999999\r\n")
    #expect(found.count == 1 && found.first?.hasPrefix("line 2: ") == true, "\(found)")
}

@Test func `a full configuration is taken as it stands`() throws {
    let configuration = try ConfigurationFile.parse(
        """
        state = "/srv/pressmark"
        [http]
        port = 8080
        hosts = ["rfid.library.example"]
        [library]
        name = "Main Library"
        isil = ["DK-718500"]
        scheme = "ddc"
        [security]
        armed = 0x07
        released = 0xC2
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/ttyUSB0"
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        tcp = "192.168.10.10"
        """,
        file: "pressmark.toml"
    )
    #expect(configuration.state == "/srv/pressmark")
    #expect(configuration.http.port == 8080)
    #expect(configuration.http.address == "127.0.0.1")
    #expect(configuration.library.scheme == .ddc)
    try #require(configuration.readers.map(\.name) == ["pad-1", "gate-1"])
    guard case .serial(let path, let line) = configuration.readers[0].place else {
        Issue.record("found \(configuration.readers[0].place), wanted a serial line")
        return
    }
    #expect(path == "/dev/ttyUSB0")
    #expect(line.baudRate == 38400)
    #expect(line.parity == .even)
    #expect(configuration.readers[1].place == .tcp(host: "192.168.10.10", port: 10001))
}

@Test func `every mistake is named with its line, what was found and what is allowed`() {
    let found = mistakes(
        """
        stat = "/srv"
        [http]
        port = 99999
        [[reader]]
        name = "pad-1"
        role = "pat"
        driver = "feig"
        serial = "/dev/ttyUSB0"
        [[reader]]
        name = "pad-1"
        role = "wand"
        driver = "acme"
        """
    )
    let drivers = AllDrivers.list.map { "\"\($0.identity.name)\"" }.joined(separator: ", ")
    #expect(
        found == [
            "line 1: stat: found an unknown key, wanted one of barcodes, dialect, discovery, gate, http, ils, input, "
                + "library, notice, output, pattern, proxy, pull, reader, security, shelf, shelf-order, siren, state, "
                + "sweep, tags, write-back",
            "line 3: http.port: found 99999, wanted a whole number from 1 to 65535",
            "line 6: reader[0].role: found \"pat\", wanted one of \"pad\", \"wand\", \"gate\"",
            "line 9: reader[1]: found none of them, wanted one of serial, tcp, usb, listen",
            "line 12: reader[1].driver: found \"acme\", wanted one of \(drivers)",
        ]
    )
}

@Test func `a gate that calls, any device of a driver, and places to ask are configured`() throws {
    let configuration = try ConfigurationFile.parse(
        """
        [discovery]
        serial = ["/dev/ttyUSB1"]
        tcp = ["192.168.10.11:10001", "192.168.10.12"]
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        listen = "192.168.10.2:20001"
        from = ["192.168.10.10"]
        [[reader]]
        name = "desk"
        role = "pad"
        driver = "ccid"
        usb = "auto"
        """,
        file: "pressmark.toml"
    )
    #expect(
        configuration.readers.first?.place == .calls(address: "192.168.10.2", port: 20001, from: ["192.168.10.10"])
    )
    guard case .automatic(let devices)? = configuration.readers.last?.place else {
        Issue.record("wanted any device of the driver")
        return
    }
    #expect(devices.contains(USBSelection(vendor: 0x072F, product: 0x2303)))
    // What nobody has proven to read our tags is named, or left alone (readers §3.4).
    #expect(!devices.contains(USBSelection(vendor: 0x076B, product: 0x5422)))
    #expect(configuration.discovery.serial == ["/dev/ttyUSB1"])
    #expect(configuration.discovery.tcp.count == 2)
}

@Test func `a port that takes any caller is refused, and so is usb for what has none`() {
    let head = "[[reader]]\nname = \"a\"\nrole = \"gate\"\n"
    #expect(
        mistakes(head + "driver = \"feig\"\nlisten = \"192.168.10.2:20001\"")
            == [
                "line 1: reader[0].from: found nothing, wanted the addresses that may call, such as [\"192.168.10.10\"]"
            ]
    )
    #expect(mistakes(head + "driver = \"3m\"\nlisten = \"192.168.10.2:20001\"\nfrom = [\"1.2.3.4\"]").count == 1)
    #expect(mistakes(head + "driver = \"feig\"\nlisten = \"20001\"\nfrom = [\"1.2.3.4\"]").count == 1)
    #expect(mistakes(head + "driver = \"3m\"\nusb = \"auto\"").count == 1)
}

@Test func `two readers with one name are refused`() {
    let reader = """
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/ttyUSB0"

        """
    #expect(
        mistakes(reader + reader) == ["line 7: reader[1].name: found \"pad-1\" a second time, wanted a name of its own"]
    )
}

@Test func `a security pair with one value is refused with a hint`() {
    #expect(
        mistakes("[security]\narmed = 7\nreleased = 7") == [
            """
            line 3: security.released: found AFI 07 stands for armed and for disarmed, wanted values that mean one thing
              hint: 0x07 and 0xC2 are what most libraries use
            """
        ]
    )
}

@Test func `broken syntax is named with its line`() throws {
    let found = try #require(mistakes("state = \"/srv\"\n[http\nport = 1").first)
    #expect(found.hasPrefix("line 2: syntax at column"))
    let unquoted = try #require(mistakes("[library]\nname = Town Library\n").first)
    #expect(unquoted.hasPrefix("line 2: syntax at column 8: found what is no "))
    #expect(unquoted.contains("hint: a text stands in quotes"))
}

@Test func `a siren of a gate where there is none is told what is missing`() {
    let found = mistakes("[[siren]]\ngate = \"gate-1\"\nchip = \"cp210x\"\noffset = 2\n")
    let wanted = "wanted the name of a reader whose role is \"gate\", of which there is none"
    #expect(found == ["line 2: siren[0].gate: found \"gate-1\", \(wanted)"])
}

@Test func `a file that is not there is told apart from one that cannot be read`() {
    do throws(ConfigurationError) {
        _ = try ConfigurationFile.read(path: "/nonexistent/pressmark.toml")
        Issue.record("found a configuration, wanted an error")
    } catch {
        #expect(error.mistakes.first?.found == "no file")
    }
}

@Test func `a usb reader is named by its numbers and, where there are two, by its port`() throws {
    func place(_ usb: String) throws -> Configuration.Reader.Place? {
        try ConfigurationFile.parse(
            "[[reader]]\nname = \"pad-1\"\nrole = \"pad\"\ndriver = \"feig\"\nusb = \"\(usb)\"",
            file: "pressmark.toml"
        ).readers.first?.place
    }
    #expect(try place("0ab1:0002") == .usb(USBSelection(vendor: 0x0AB1, product: 0x0002)))
    #expect(try place("0ab1:*@1-2") == .usb(USBSelection(vendor: 0x0AB1, port: "1-2")))
    #expect(throws: ConfigurationError.self) { try place("0ab1") }
    #expect(throws: ConfigurationError.self) { try place("0ab1:zz") }
}

@Test func `a siren belongs to a gate and is found by chip label and line`() throws {
    let gate = """
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        tcp = "192.168.10.10:10001"

        """
    let siren = try ConfigurationFile.parse(
        gate + "[[siren]]\ngate = \"gate-1\"\nchip = \"cp210x\"\noffset = 2\nactive-low = true\nmilliseconds = 1500",
        file: "pressmark.toml"
    ).gate.outputs.first
    let place = GPIOPlace(chip: "cp210x", line: .offset(2))
    #expect(siren?.place == .chip(place, activeLow: true, drive: .pushPull) && siren?.line == "gate-1 siren")
    #expect(siren?.duration == .milliseconds(1500))
    #expect(
        mistakes(gate + "[[siren]]\ngate = \"gate-9\"\nchip = \"cp210x\"") == [
            "line 6: siren[0].line: found nothing, wanted the line's name, or its offset from 0",
            "line 7: siren[0].gate: found \"gate-9\", wanted one of gate-1",
        ]
    )
}

@Test func `the configuration that is shipped has no mistakes, with its examples and without`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../systemd/pressmark.toml").standardized
    let shipped = try ConfigurationFile.read(path: file.path)
    #expect(shipped == Configuration())
    let examples = try String(contentsOf: file, encoding: .utf8)
        .replacing(/(?m)^# (?=\[|\w+ = |# [\w-]+ = )/, with: "")
        .replacing(/(?m)^# (?=[\w-]+ = )/, with: "")
    let parsed = try ConfigurationFile.parse(examples, file: "examples")
    #expect(parsed.readers.count == 3)
    #expect(parsed.librarySystem != nil)
    #expect(parsed.gate.outputs.contains { $0.name == "siren" })
}
