import API
import Foundation
import Testing

@testable import Command

private let now = Date(timeIntervalSince1970: 1_767_348_000)

private func page(_ change: (inout LibrarySystemStatus) -> Void = { _ in }) -> String {
    var status = LibrarySystemStatus(
        place: "ils:6001",
        system: "Koha",
        state: .online,
        since: now.addingTimeInterval(-30),
        cause: nil,
        hint: nil,
        word: .init(
            library: "Centerville",
            institution: "MAIN",
            checkin: true,
            checkout: true,
            renewal: false,
            offline: false,
            timeout: 5,
            retries: 2,
            version: "2.00"
        ),
        encoding: "utf-8",
        errorDetection: true,
        openConnections: 1,
        connections: 2,
        waitingReturns: 0,
        conflicts: 0,
        notes: ["the login comes first"],
        proxies: [
            ProxyStatus(
                name: "kiosk-1",
                address: "127.0.0.1:6001",
                reader: "pad-1",
                kiosks: 1,
                answers: 4,
                changed: 2,
                failed: 1,
                lastFailure: "3010: item 3010 is not on the pad"
            )
        ]
    )
    change(&status)
    return LibrarySystemPage(status: status, now: now, palette: Palette(isOn: false)).lines.joined(separator: "\n")
}

@Test func `a system that is there is shown with what it allows and the kiosks beside it`() {
    let page = page()
    #expect(page.hasPrefix("Koha at ils:6001: there for 30 s"))
    #expect(page.contains("Centerville, MAIN, SIP 2.00, allows check-out, check-in"))
    #expect(page.contains("1 of 2 connections open, utf-8, with error detection"))
    #expect(page.contains("kiosk-1 at 127.0.0.1:6001 beside pad-1: 1 kiosks, 4 answers, 2 items changed, 1 not"))
    #expect(page.contains("last not changed: 3010"))
    #expect(page.contains("note: the login comes first"))
}

@Test func `a system that is away is shown with cause, hint and what waits for it`() {
    let page = page { status in
        status.state = .away
        status.since = now.addingTimeInterval(-600)
        status.cause = "library system: ils:6001: not there"
        status.hint = "nobody listens on port 6001"
        status.word = nil
        status.waitingReturns = 3
        status.conflicts = 1
    }
    #expect(page.hasPrefix("Koha at ils:6001: away for 10 min: library system: ils:6001: not there"))
    #expect(page.contains("hint: nobody listens on port 6001"))
    #expect(page.contains("3 returns wait") && page.contains("1 returns were not taken"))
}

@Test func `a proxy that no kiosk can call is shown with cause and hint`() {
    let page = page { status in
        status.proxies[0].trouble = "port 6001: in use by another program"
        status.proxies[0].hint = "choose another port"
    }
    #expect(page.contains("    no kiosk can call it: port 6001: in use by another program\n    hint: choose another"))
}

@Test func `without a library system the page says how to get one`() {
    #expect(page { $0.place = nil }.hasPrefix("no library system is set up\nhint: add an [ils] part"))
}
