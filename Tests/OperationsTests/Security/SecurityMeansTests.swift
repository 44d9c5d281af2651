import Field
import Library
import Operations
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

private let barcode = "1000000136"

/// Releases one item by the site's means, and says what became of it and of its tag.
private func release(
    _ tag: VirtualTag,
    _ mechanism: SecurityMechanism,
    password: [UInt8]? = nil,
    by driver: any ReaderDriver.Type = FEIGDriver.self,
    losing losses: Int = 0
) async throws -> (report: SecurityReport, tag: VirtualTag, store: Store) {
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let branch = try await PadBranch([tag])
    await branch.field.addReader(name: "pad-1", kind: .pad, twin: driver.twin())
    try await branch.put([tag.uid])
    let time = ManualTime()
    var policy = TestBranch.policy
    policy.mechanism = mechanism
    let desk = SecurityDesk(
        store: store,
        time: time.keeper,
        policy: policy,
        password: password.flatMap(NXP.Password.init).map(SecurityPassword.init),
        events: EventHub(),
        logger: TestBranch.logger
    )
    var setup = branch.setup("pad-1", .pad)
    setup.driver = driver
    let challenges = LostChallenges(losses)
    setup.openLink = { () async throws(LinkError) -> any Link & ~Copyable in
        DeafLink(branch.link(to: "pad-1"), challenges)
    }
    let station = TestBranch.station(setup, time: time)
    let report = try await TestBranch.running(station) {
        try await desk.change(barcode, to: .disarmed, cause: .staff, on: station)
    }
    return (report, try #require(await branch.field.tag(tag.uid)), store)
}

/// How many random numbers of the tag are still lost on their way.
private final class LostChallenges: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func isLost() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}

/// A line to a FEIG reader that does not hear the tag's first random numbers (B2, carried by BF).
private struct DeafLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let challenges: LostChallenges
    private var ready: [UInt8] = []

    init(_ link: consuming any Link & ~Copyable, _ challenges: LostChallenges) {
        self.link = link
        self.challenges = challenges
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard let frame = try? FEIGFrame(bytes), frame.command == 0xBF, frame.payload.contains(0xB2),
            challenges.isLost()
        else { return try await link.send(bytes) }
        let reply = FEIGReply(style: frame.style, address: 0x00, command: frame.command, status: .noTag)
        ready += reply.frame.bytes
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { return try await link.receive(within: limit) }
        defer { ready = [] }
        return ready
    }
}

private func outcome(_ report: SecurityReport) -> SecurityOutcome? {
    guard case .flipped(_, let result) = report.end else { return nil }
    return result.outcome
}

/// EAS and passwords, through a reader, at a tag that behaves as its chip does (iso15693 §7.4, §7.5).
@Suite struct SecurityMeansTests {
    private func tag(afi: UInt8 = 0x07) throws -> VirtualTag {
        var tag = try TestBranch.tag(barcode, serial: 1, afi: afi)
        tag.eas.armed = true
        return tag
    }

    @Test func `EAS alone is switched off and read back, and the AFI is not touched`() async throws {
        let (report, tag, store) = try await release(tag(afi: 0x3C), .eas)
        #expect(outcome(report) == .done)
        #expect(!tag.eas.armed && tag.afi == 0x3C)
        let record = try #require(try store.journal().first)
        #expect(record.intent.changes.map(\.before) == [SecurityMark(eas: true)])
        #expect(record.lastResult?.readBack == [tag.uid: SecurityMark(eas: false)])
    }

    @Test func `with both means both are changed, the AFI first`() async throws {
        let (report, tag, store) = try await release(tag(), .both)
        #expect(outcome(report) == .done)
        #expect(!tag.eas.armed && tag.afi == 0xC2)
        #expect(try store.journal().first?.lastResult?.readBack == [tag.uid: SecurityMark(afi: 0xC2, eas: false)])
    }

    @Test func `a chip without EAS has its AFI alone where the site uses both, and no means where it uses EAS alone`()
        async throws
    {
        let chip = try #require(ChipTable.named("Tag-it HF-I Plus"))
        let made = try TestBranch.tag(barcode, serial: 1)
        let plain = VirtualTag(
            uid: TagUID(0xE007_0000_0000_0001),
            chip: chip,
            content: Array(made.content.bytes),
            dsfid: 0x3E,
            afi: 0x07
        )
        let (report, tag, _) = try await release(plain, .both)
        #expect(outcome(report) == .done && tag.afi == 0xC2)
        let (refused, untouched, _) = try await release(plain, .eas)
        guard case .refused(.noMeans) = refused.end else {
            Issue.record("found \(refused.end), wanted no means")
            return
        }
        #expect(untouched.afi == 0x07)
    }

    @Test(arguments: [SecurityMechanism.eas, .both])
    func `a pad that cannot ask for EAS finds the item, and says what is missing`(_ mechanism: SecurityMechanism)
        async throws
    {
        let (report, tag, store) = try await release(tag(), mechanism, by: JMYDriver.self)
        guard case .refused(.unread(tag.uid)) = report.end else {
            Issue.record("found \(report.end), wanted a tag that was not asked")
            return
        }
        #expect(tag.eas.armed && tag.afi == 0x07)
        #expect(try store.journal().isEmpty)
    }

    @Test(arguments: [SecurityMechanism.afi, .eas, .both])
    func `a protected tag is given the site's password once, and obeys`(_ mechanism: SecurityMechanism) async throws {
        var protected = try tag()
        protected.passwords.protectsAFI = true
        protected.passwords.protectsEAS = true
        // A chip as delivered has a password of zeros.
        let (report, tag, _) = try await release(protected, mechanism, password: [0, 0, 0, 0])
        #expect(outcome(report) == .done, "\(report.end)")
        #expect(tag.eas.armed == (mechanism == .afi))
        #expect(tag.afi == (mechanism == .eas ? 0x07 : 0xC2))
    }

    @Test(arguments: [1, 3]) func `a protected tag whose random number was lost is asked for it again`(
        _ losses: Int
    ) async throws {
        var protected = try tag()
        protected.passwords.protectsAFI = true
        let (report, tag, _) = try await release(protected, .afi, password: [0, 0, 0, 0], losing: losses)
        #expect(outcome(report) == .done, "\(report.end)")
        #expect(tag.afi == 0xC2)
    }

    @Test func `without a password a protected tag keeps its bit, and nobody is told done`() async throws {
        var protected = try tag()
        protected.passwords.protectsAFI = true
        let (report, tag, store) = try await release(protected, .afi)
        #expect(outcome(report) == .undone || outcome(report) == .unchanged, "\(report.end)")
        #expect(tag.afi == 0x07)
        #expect(try store.openIntents().isEmpty)
    }

    @Test func `a wrong password is given once, told as such, and the tag is woken to say what it holds`() async throws
    {
        var protected = try tag()
        protected.passwords.protectsAFI = true
        let (report, tag, _) = try await release(protected, .afi, password: [0x5A, 0x5B, 0x5C, 0x5D])
        #expect(tag.afi == 0x07)
        #expect(outcome(report) == .undone || outcome(report) == .unchanged, "\(report.end)")
        #expect("\(report.end)".contains("password is not this tag's"))
        #expect(!"\(report.end)".contains("5A") && !"\(report.end)".contains("90"))
    }

    @Test func `an open tag is never given the password`() async throws {
        // The wrong one would mute it.
        let (report, tag, _) = try await release(tag(), .afi, password: [0x5A, 0x5B, 0x5C, 0x5D])
        #expect(outcome(report) == .done && tag.afi == 0xC2)
    }
}
