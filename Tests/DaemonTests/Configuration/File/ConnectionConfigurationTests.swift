import LinuxIO
import Operations
import Testing

@testable import Daemon

private func parsed(_ text: String) throws -> Configuration {
    try ConfigurationFile.parse(text, file: "pressmark.toml")
}

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: text).map { "\($0.what): found \($0.found), wanted \($0.wanted)" }
}

private let reader = "[[reader]]\nname = \"pad-1\"\nrole = \"pad\"\ndriver = \"feig\"\n"
private let tcp = reader + "tcp = \"reader.example.org:10001\"\n"
private let print = Array(repeating: "AB", count: 32).joined(separator: ":")

@Test func `a reader behind TLS names whom it trusts`() throws {
    #expect(
        try parsed(tcp + "tls = true").readers.first?.place
            == .tcp(host: "reader.example.org", port: 10001, tls: TLSSettings())
    )
    let authority = try parsed(tcp + "tls = true\ntls-authority = \"/etc/pressmark/ca.pem\"\ntls-name = \"pad\"")
    #expect(
        authority.readers.first?.place
            == .tcp(
                host: "reader.example.org",
                port: 10001,
                tls: TLSSettings(trust: .authority(path: "/etc/pressmark/ca.pem"), name: "pad")
            )
    )
    let pinned = try parsed(tcp + "tls = true\ntls-fingerprint = \"\(print)\"").readers.first
    let fingerprint = try #require(TLSFingerprint(print))
    #expect(
        pinned?.place
            == .tcp(host: "reader.example.org", port: 10001, tls: TLSSettings(trust: .certificate(fingerprint)))
    )
    #expect(pinned?.place.description == "tcp reader.example.org:10001 by TLS")
    let known = try parsed(tcp + "tls = true\ntls-certificate = \"/etc/own.pem\"\ntls-key = \"/etc/own.key\"")
    #expect(
        known.readers.first?.place
            == .tcp(
                host: "reader.example.org",
                port: 10001,
                tls: TLSSettings(identity: TLSIdentity(certificatePath: "/etc/own.pem", keyPath: "/etc/own.key"))
            )
    )
    #expect(
        try parsed(tcp + "tls = false").readers.first?.place == .tcp(host: "reader.example.org", port: 10001)
    )
}

@Test(arguments: [
    ("tls-name = \"pad\"", "reader[0].tls-name: found it without TLS, wanted tls = true beside it"),
    (
        "tls = true\ntls-fingerprint = \"\(print)\"\ntls-name = \"pad\"",
        "reader[0].tls-name: found it beside tls-fingerprint, wanted one of them: a fingerprint is enough"
    ),
    (
        "tls = true\ntls-certificate = \"/etc/own.pem\"",
        "reader[0].tls-key: found nothing, wanted the other half of our own certificate"
    ),
])
func `half of TLS is refused with what is missing`(_ lines: String, _ mistake: String) {
    #expect(mistakes(tcp + lines) == [mistake])
}

@Test func `a fingerprint that is none is refused with the way to get one`() {
    let found = mistakes(tcp + "tls = true\ntls-fingerprint = \"AB:CD\"")
    #expect(found.count == 1)
    #expect(found.first?.contains("openssl x509 -noout -fingerprint -sha256") == true)
}

@Test func `TLS on a serial line is refused`() {
    #expect(
        mistakes(reader + "serial = \"/dev/ttyUSB0\"\ntls = true")
            == ["reader[0].tls: found true, wanted it on a reader reached by tcp alone"]
    )
}

@Test func `readers that are plugged in are left alone unless the site says what they are`() throws {
    #expect(try parsed("").discovery.automatic == nil)
    #expect(try parsed("[discovery]\nautomatic = false\nautomatic-role = \"wand\"").discovery.automatic == nil)
    #expect(try parsed("[discovery]\nautomatic = true").discovery.automatic == .pad)
    #expect(try parsed("[discovery]\nautomatic = true\nautomatic-role = \"wand\"").discovery.automatic == .wand)
    #expect(
        mistakes("[discovery]\nautomatic = true\nautomatic-role = \"gate\"")
            == [
                "discovery.automatic-role: found \"gate\", wanted \"pad\" or \"wand\"; a gate is named by a [[reader]]"
            ]
    )
}

@Test func `the oldest FEIG readers are reached by control transfers, and no others`() throws {
    let selection = USBSelection(vendor: 0x0AB1, product: 0x0001)
    let old = reader + "usb = \"0ab1:0001\"\n"
    #expect(try parsed(old + "usb-transfers = \"control\"").readers.first?.place == .usbControl(selection))
    #expect(try parsed(old + "usb-transfers = \"endpoints\"").readers.first?.place == .usb(selection))
    let other = old.replacing("\"feig\"", with: "\"ccid\"") + "usb-transfers = \"control\""
    #expect(
        mistakes(other) == [
            "reader[0].usb-transfers: found \"control\" with driver ccid, wanted driver \"feig\": only its oldest "
                + "readers take them"
        ]
    )
}
