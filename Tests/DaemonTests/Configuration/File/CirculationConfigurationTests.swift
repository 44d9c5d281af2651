import LinuxIO
import SIP2
import Testing

@testable import Daemon

private func parse(_ text: String) throws(ConfigurationError) -> Configuration {
    try ConfigurationFile.parse(text, file: "pressmark.toml")
}

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: text).map(\.description)
}

private let pad = """
    [[reader]]
    name = "pad-1"
    role = "pad"
    driver = "feig"
    serial = "/dev/ttyUSB0"

    """

@Test func `a library system takes its kind's settings where the file says nothing`() throws {
    let system = try #require(
        try parse("[ils]\nsystem = \"folio\"\naddress = \"sip.example.org:6443\"\nlocation = \"a-uuid\"").librarySystem
    )
    #expect(system.host == "sip.example.org" && system.port == 6443)
    #expect(system.encoding == .codePage850 && !system.hasErrorDetection && system.location == "a-uuid")
    #expect(system.isOfflineAllowed && !system.rules.releasesWhenUnsaid && system.rules.securesWhatWasNotLent)
}

@Test func `everything about a library system and its proxies can be set`() throws {
    let configuration = try parse(
        pad + """
            [ils]
            system = "koha"
            address = "[2001:db8::1]:6001"
            user = "rfid"
            password-file = "/etc/pressmark/ils"
            terminal-password-file = "/etc/pressmark/terminal"
            institution = "MAIN"
            branch = "NORTH"
            encoding = "iso-8859-1"
            error-detection = false
            line-end = "crlf"
            timeout = 5
            retries = 1
            patience = 20
            connections = 3
            ping = 60
            release-when-unsaid = true
            secure-what-was-not-lent = false
            renew = false
            offline-returns = false
            utc = true
            kiosk-password = true
            [ils.tls]
            authority = "/etc/pressmark/ils.pem"
            name = "ils.test"
            [[proxy]]
            name = "kiosk-1"
            listen = "0.0.0.0:6001"
            reader = "pad-1"
            kiosks = ["192.168.1.20"]
            tell-kiosk = true
            notice = "Please show this item"
            [[proxy]]
            name = "kiosk-2"
            listen = "127.0.0.1:6002"
            reader = "pad-1"
            system = "other.example.org:6001"
            encoding = "cp850"
            """
    )
    let system = try #require(configuration.librarySystem)
    #expect(system.host == "2001:db8::1" && system.user == "rfid" && system.passwordFile == "/etc/pressmark/ils")
    #expect(system.encoding == .latin1 && !system.hasErrorDetection && system.lineEnd == .crlf)
    #expect(system.timeout == 5 && system.retries == 1 && system.patience == 20 && system.connections == 3)
    #expect(system.rules.asksPatronPassword && !system.rules.renews && !system.rules.securesWhatWasNotLent)
    #expect(system.rules.releasesWhenUnsaid)
    #expect(system.tls?.trust == .authority(path: "/etc/pressmark/ils.pem") && system.tls?.name == "ils.test")
    #expect(!system.isOfflineAllowed && system.isUTC && system.branch == "NORTH" && system.ping == 60)
    try #require(configuration.proxies.count == 2)
    let (first, second) = (configuration.proxies[0], configuration.proxies[1])
    #expect(first.port == 6001 && first.host == "2001:db8::1" && first.encoding == .latin1 && first.tellsKiosk)
    #expect(first.kiosks == ["192.168.1.20"] && first.notice == "Please show this item")
    #expect(first.tls == system.tls && second.tls == nil && first.identity == nil)
    #expect(second.host == "other.example.org" && second.encoding == .codePage850 && !second.tellsKiosk)
}

@Test func `mistakes about a library system are named with what would be right`() {
    let found = mistakes(
        """
        [ils]
        system = "aleph"
        address = "ils"
        user = "rfid"
        encoding = "ebcdic"
        [[proxy]]
        name = "kiosk-1"
        listen = "6001"
        reader = "pad-9"
        """
    )
    #expect(found.contains { $0.contains("ils.system") && $0.contains("\"koha\"") })
    #expect(found.contains { $0.contains("ils.address") && $0.contains("host:port") })
    #expect(found.contains { $0.contains("ils.password-file") })
    #expect(found.contains { $0.contains("ils.encoding") && $0.contains("cp850") })
    #expect(found.contains { $0.contains("proxy[0].listen") })
    #expect(found.contains { $0.contains("proxy[0].reader") })
}

@Test func `a proxy without any library system has nobody to speak to`() {
    let text = pad + "[[proxy]]\nname = \"kiosk-1\"\nlisten = \"127.0.0.1:6001\"\nreader = \"pad-1\""
    #expect(mistakes(text).contains { $0.contains("proxy[0].system") })
}

@Test func `two proxies need two names`() {
    let proxy = "[[proxy]]\nname = \"k\"\nlisten = \"127.0.0.1:6001\"\nreader = \"pad-1\"\nsystem = \"ils:6001\"\n"
    #expect(mistakes(pad + proxy + proxy).contains { $0.contains("a second time") })
}
