import Library
import Readers
import Testing
import Wire

@testable import Operations

private let now = Moment(milliseconds: 1_795_000_000_000)

private func facts(_ change: (inout DoctorFacts) -> Void = { _ in }) -> DoctorFacts {
    var facts = DoctorFacts(
        now: now,
        security: .init(policy: SecurityPolicy()),
        holdings: .init(importedAt: now, items: 2000)
    )
    facts.disk = .init(folder: "/var/lib/pressmark", freeBytes: 10 << 30, totalBytes: 20 << 30, databaseBytes: 1 << 20)
    facts.clock.isSynchronised = true
    change(&facts)
    return facts
}

private func reader(
    _ kind: DoctorFacts.Trouble.Kind,
    _ text: String = "because",
    device: DoctorFacts.Device? = .init(path: "/dev/ttyUSB0", exists: true, group: "dialout"),
    received: Int = 0
) -> DoctorFacts {
    facts {
        var reader = DoctorFacts.Reader(name: "pad-1", role: .pad, place: "serial /dev/ttyUSB0")
        reader.trouble = .init(kind, text)
        reader.device = device
        reader.exchanges = 12
        reader.receivedBytes = received
        $0.readers = [reader]
    }
}

private func door(_ change: (inout WorkstationDoor) -> Void) -> WorkstationDoor {
    var door = WorkstationDoor(dialect: "bibliotheca", reader: "pad-1", port: 21645)
    change(&door)
    return door
}

/// Facts that must lead to this diagnosis and no other.
private let cases: [Diagnosis.Kind: DoctorFacts] = [
    .cable: reader(.absent, device: .init(path: "/dev/ttyUSB0", exists: false, others: ["/dev/ttyUSB1"])),
    .permission: reader(
        .denied,
        device: .init(path: "/dev/ttyUSB0", exists: true, isAllowed: false, group: "dialout", isInGroup: true)
    ),
    .group: reader(
        .denied,
        device: .init(path: "/dev/ttyUSB0", exists: true, isAllowed: false, group: "dialout", isInGroup: false)
    ),
    .connecting: reader(.connecting),
    .deviceBusy: reader(.busy, "/dev/ttyUSB0: in use by another program"),
    .portBusy: facts { $0.doors = [door { $0.troubles["127.0.0.1"] = "Address already in use" }] },
    .parity: reader(.silent, received: 40),
    .readerSilent: reader(.silent),
    .readerRefuses: reader(.refused),
    .readerOffline: reader(.closed),
    .afiPair: facts { $0.security.tagsByAFI = [0xDA: 60, 0xD7: 20, 0x07: 10] },
    .noHoldings: facts { $0.holdings = .init(importedAt: nil, items: 0) },
    .staleSnapshot: facts { $0.holdings.importedAt = Moment(milliseconds: now.milliseconds - 8 * 86_400_000) },
    .pullFails: facts { $0.holdings.failedPulls = ["koha": "401"] },
    .clock: facts { $0.clock.latestRecord = now + .seconds(3600) },
    .clockUnkept: facts { $0.clock.isSynchronised = false },
    .diskFull: facts { $0.disk?.freeBytes = 1 << 20 },
    .diskLow: facts { $0.disk?.freeBytes = 500 << 20 },
    .database: facts { $0.databaseTrouble = "disk I/O error" },
    .databaseTorn: facts { $0.databaseDamage = StoreTrouble(cause: "Page 7 is never used", hint: nil) },
    .ilsAway: facts { $0.librarySystem = .init(place: "ils:6001", state: .away(.away, text: "no answer", hint: nil)) },
    .ilsRefuses: facts {
        $0.librarySystem = .init(place: "ils:6001", state: .away(.loginRefused, text: "login refused", hint: nil))
    },
    .ilsForbids: facts { $0.librarySystem = .init(place: "ils:6001", state: .online, forbids: ["loans"]) },
    .pageRefused: facts { $0.doors = [door { $0.lastRefusedOrigin = "https://koha.example.org" }] },
    .gate: facts { $0.gateTroubles = [GateTrouble(gate: "gate-1", kind: .detuned, at: now, cause: "antenna")] },
    .openChanges: facts { $0.openChanges = 2 },
    .wrongBits: facts { $0.divergences = 3 },
    .noticesWait: facts { $0.waitingNotices = ["desk": 4, "mail": 0] },
]

@Test func `where all is well nothing is found`() {
    #expect(facts().diagnoses == [])
}

@Test(arguments: Diagnosis.Kind.allCases)
func `every trouble is found by its facts, in one line each of finding, cause and remedy`(_ kind: Diagnosis.Kind) throws
{
    let found = try #require(cases[kind]).diagnoses
    #expect(found.map(\.kind) == [kind])
    let one = try #require(found.first)
    for text in [one.finding, one.cause, one.remedy, one.subject] {
        #expect(!text.isEmpty && !text.contains("\n") && !text.hasSuffix("."))
    }
}

@Test func `a database that does not answer is told without the disk's size, and is no lack of holdings`() {
    let found = facts {
        $0.holdings = .init(importedAt: nil, items: 0)
        $0.disk = nil
        $0.databaseTrouble = "disk I/O error"
    }.diagnoses
    #expect(found.map(\.kind) == [.database])
    #expect(found.first?.cause == "disk I/O error")
}

@Test func `the worst comes first`() {
    let found = facts {
        $0.openChanges = 1
        $0.clock.isSynchronised = false
        $0.disk?.freeBytes = 1 << 20
    }.diagnoses
    #expect(found.map(\.kind) == [.diskFull, .clockUnkept, .openChanges])
}

@Test func `the remedy says the very command`() {
    #expect(cases[.group]?.diagnoses.first?.remedy.contains("usermod -aG dialout pressmark") == true)
    #expect(cases[.portBusy]?.diagnoses.first?.remedy.contains(":21645") == true)
    #expect(cases[.cable]?.diagnoses.first?.cause.contains("/dev/ttyUSB1") == true)
    #expect(cases[.afiPair]?.diagnoses.first?.finding.contains("80 of 90") == true)
}

@Test func `a proxy without its port is told with its place and what the system advises`() {
    let closed = [nil, "see them with: ip address"].map { hint in
        facts {
            $0.closedProxies = [
                .init(name: "kiosk-1", place: "192.168.1.4:6001", cause: "not an address of this machine", hint: hint)
            ]
        }.diagnoses
    }
    #expect(closed.map { $0.map(\.kind) } == [[.portBusy], [.portBusy]])
    #expect(closed.allSatisfy { $0.first?.finding == "cannot listen on 192.168.1.4:6001" })
    #expect(closed.allSatisfy { $0.first?.subject == "proxy kiosk-1" })
    #expect(closed.last?.first?.remedy == "see them with: ip address")
    #expect(closed.first?.first?.remedy.contains("[[proxy]]") == true)
}

@Test func `a page without its port is told with who may have it`() {
    let closed = facts {
        $0.closedLines = [.init(place: "http 127.0.0.1:7878", cause: "address in use", hint: "ss -ltnp | grep :7878")]
    }.diagnoses
    #expect(closed.map(\.kind) == [.portBusy])
    #expect(closed.first?.finding == "cannot listen on http 127.0.0.1:7878")
    #expect(closed.first?.remedy == "ss -ltnp | grep :7878")
}

@Test func `a proxy that cannot call the library system is told with cause and remedy`() {
    let cut = facts {
        $0.cutProxies = [
            .init(name: "kiosk-1", place: "192.168.1.4:6001", cause: "certificate has expired", hint: "renew it")
        ]
    }.diagnoses
    #expect(cut.map(\.kind) == [.ilsAway] && cut.first?.subject == "proxy kiosk-1")
    #expect(cut.first?.cause == "certificate has expired" && cut.first?.remedy == "renew it")
}

@Test func `a few old values, or too few tags, say nothing of the pair`() {
    #expect(facts { $0.security.tagsByAFI = [0xDA: 10, 0x07: 90] }.diagnoses == [])
    #expect(facts { $0.security.tagsByAFI = [0xDA: 19] }.diagnoses == [])
    #expect(facts { $0.security.tagsByAFI = [0x07: 50, 0xC2: 50] }.diagnoses == [])
}

@Test func `a serial line that gives bytes without a frame has the wrong parity, a silent network reader has not`() {
    #expect(reader(.silent, device: nil, received: 40).diagnoses.map(\.kind) == [.readerSilent])
    #expect(reader(.garbled, received: 0).diagnoses.map(\.kind) == [.parity])
}

@Test(arguments: [
    (ReaderError.link(.absent(device: "/dev/x", hint: "")), DoctorFacts.Trouble.Kind.absent),
    (.link(.refused(reason: "/dev/x: in use by another program", hint: "")), .busy),
    (.link(.refused(reason: "/dev/x: not permitted for this user", hint: "")), .denied),
    (.link(.closed), .closed), (.link(.timedOut), .silent), (.noReply(command: "software version"), .silent),
    (.link(.system(errno: 16, call: "open", meaning: "busy")), .busy),
    (.link(.system(errno: 13, call: "open", meaning: "denied")), .denied),
    (.link(.system(errno: 5, call: "read", meaning: "I/O")), .system),
])
func `an error of a reader is told apart`(_ error: ReaderError, _ kind: DoctorFacts.Trouble.Kind) {
    #expect(DoctorFacts.Trouble.Kind(error) == kind)
}
