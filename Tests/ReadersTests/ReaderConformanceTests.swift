import Readers
import Tags
import Testing
import Wire

/// What every driver must do, over its own twin: a new driver passes here or does not go in.
struct ReaderConformanceTests {
    static let drivers = AllDrivers.list.map { $0.identity.name }
    static let faults: [FaultyLink.Fault] = [
        .silence, .late, .torn(after: 1), .torn(after: 7), .damaged, .doubled,
        .garbage([0x00, 0x20, 0xFF, 0x7F]), .garbage([0x02, 0x00, 0x40, 0x00]), .garbage([0xD6, 0x00]),
    ]

    private let uids: [UInt64] = [0xE004_0150_3309_CE74, 0xE004_0100_4670_7A28, 0xE004_0150_0B21_9724]

    private func tags() -> [TestAir.Tag] {
        uids.map { uid in
            var tag = TestAir.Tag(uid)
            // Told apart, so that an answer of the wrong tag is seen.
            tag.afi = uid == uids[1] ? 0xC2 : 0x07
            tag.memory = (0..<112).map { UInt8(truncatingIfNeeded: UInt64($0) &+ uid) }
            return tag
        }
    }

    private func driver(_ name: String) throws -> any ReaderDriver.Type {
        try #require(AllDrivers.named(name))
    }

    private func link(_ driver: any ReaderDriver.Type, _ tags: [TestAir.Tag]) -> LoopbackLink {
        LoopbackLink(driver.twin(), over: TestAir(tags))
    }

    /// What a small piece of work finds; `nil` where the reader failed, which is allowed, unlike a wrong answer.
    private struct Findings: Equatable {
        var tags: Set<TagUID>?
        var memory: [UInt8]?
        var afi: UInt8?
    }

    private func work(_ reader: inout any Reader & ~Copyable) async -> Findings {
        var findings = Findings()
        findings.tags = (try? await reader.inventory(afi: nil)).map { Set($0.tags.map(\.uid)) }
        findings.memory = try? await reader.readMemory(of: TagUID(uids[1]), blocks: 20).bytes
        findings.afi = try? await reader.readAFI(of: TagUID(uids[2]))
        return findings
    }

    private var truth: Findings {
        Findings(tags: Set(uids.map { TagUID($0) }), memory: Array(tags()[1].memory.prefix(80)), afi: 0x07)
    }

    @Test(arguments: drivers)
    func `a reader that senses tells an empty field from one where somebody answers, and names nobody`(
        _ name: String
    ) async throws {
        let driver = try driver(name)
        var silent = tags()[1]
        silent.eas = false
        for (tags, isThere) in [([silent], false), (self.tags(), true)] {
            var reader = try await driver.open(link(driver, tags))
            let abilities = reader.information.abilities
            if abilities.contains(.oneSlotPoll) {
                // Tags that an inventory found, and silenced, are sensed all the same.
                _ = try await reader.inventory(afi: nil)
                #expect(try await reader.senses(afi: 0x07) == isThere)
                #expect(try await reader.senses(afi: 0x9E) == false)
            }
            if abilities.contains(.easPoll) {
                _ = try await reader.inventory(afi: nil)
                #expect(try await reader.sensesEAS(of: 0x04) == isThere)
                await #expect(throws: ReaderError.self) { _ = try await reader.sensesEAS(of: 0x07) }
            }
        }
    }

    @Test(arguments: drivers)
    func `the driver names itself, its models and its line`(_ name: String) throws {
        let identity = try driver(name).identity
        #expect(identity.name == name)
        #expect(identity.name == identity.name.lowercased())
        #expect(!identity.vendor.isEmpty)
        #expect(!identity.models.isEmpty)
        #expect(identity.line.baudRate > 0)
    }

    @Test(arguments: drivers)
    func `an empty field is empty`(_ name: String) async throws {
        let driver = try driver(name)
        var reader = try await driver.open(link(driver, []))
        #expect(try await reader.inventory(afi: nil).tags.isEmpty)
        try await reader.ping()
        do throws(ReaderError) {
            try await reader.resetField()
        } catch {
            #expect(error == .unsupported("field reset on \(reader.information.model)"))
        }
        #expect(!reader.information.model.isEmpty)
    }

    @Test(arguments: drivers, [1, 3, 25])
    func `every tag is found once, in every look`(_ name: String, _ count: Int) async throws {
        let driver = try driver(name)
        let tags = (0..<count).map { TestAir.Tag(0xE004_0150_1000_0000 + UInt64($0) * 0x1_0003) }
        var reader = try await driver.open(link(driver, tags))
        for _ in 0..<3 {
            let found = try await reader.inventory(afi: nil).tags.map(\.uid)
            #expect(found.count == count)
            #expect(Set(found) == Set(tags.map(\.uid)))
        }
    }

    @Test(arguments: drivers)
    func `memory, AFI and blocks are read and written`(_ name: String) async throws {
        let driver = try driver(name)
        var reader = try await driver.open(link(driver, tags()))
        #expect(await work(&reader) == truth)
        let uid = TagUID(uids[0])
        if reader.information.abilities.contains(.writeAFI) {
            #expect(try await reader.writeAFI(0xC2, to: uid) == .verified(old: 0x07, new: 0xC2))
            #expect(try await reader.writeAFI(0x07, to: uid) == .verified(old: 0xC2, new: 0x07))
        }
        #expect(try await reader.writeBlocks(Array(1...12), from: 5, to: uid).isVerified)
        #expect(try await reader.readMemory(of: uid).bytes.dropFirst(20).prefix(12) == Array(1...12)[...])
    }

    @Test(arguments: drivers)
    func `a tag that is not there is lost, and the others still answer`(_ name: String) async throws {
        let driver = try driver(name)
        var reader = try await driver.open(link(driver, tags()))
        let absent = TagUID(0xE004_0150_FFFF_FFFF)
        await #expect(throws: ReaderError.tagLost(absent)) { _ = try await reader.readMemory(of: absent) }
        #expect(await work(&reader) == truth)
    }

    @Test(arguments: drivers, 0..<10)
    func `a tag that leaves during a write is never told as written`(_ name: String, _ commands: Int) async throws {
        let driver = try driver(name)
        var tag = TestAir.Tag(uids[0])
        tag.leavesAfter = commands
        tag.ignoresWrites = true
        var reader = try await driver.open(link(driver, [tag]))
        do throws(ReaderError) {
            #expect(try await !reader.writeAFI(0xC2, to: tag.uid).isVerified)
        } catch {
            #expect(error == .tagLost(tag.uid))
        }
    }

    @Test(arguments: drivers, [1, 2, 5])
    func `replies may come in portions`(_ name: String, _ portion: Int) async throws {
        let driver = try driver(name)
        var reader = try await driver.open(FaultyLink(link(driver, tags()), portion: portion))
        #expect(await work(&reader) == truth)
    }

    @Test(arguments: drivers, faults.indices)
    func `a fault on the line never brings a wrong answer, and the next look is whole`(
        _ name: String,
        _ fault: Int
    ) async throws {
        let driver = try driver(name)
        let recorder = Recorder()
        var probe = try await driver.open(RecordingLink(link(driver, tags()), to: { recorder.take($0) }))
        let opening = recorder.requests
        _ = await work(&probe)
        for request in opening..<recorder.requests {
            let faulty = FaultyLink(link(driver, tags()), faults: [request: Self.faults[fault]])
            var reader = try await driver.open(faulty)
            let findings = await work(&reader)
            if let found = findings.tags { #expect(found == truth.tags, "request \(request)") }
            if let memory = findings.memory { #expect(memory == truth.memory, "request \(request)") }
            if let afi = findings.afi { #expect(afi == truth.afi, "request \(request)") }
            #expect(await work(&reader) == truth, "after a fault at request \(request)")
        }
    }

    @Test(arguments: drivers)
    func `a device that starts afresh at any step brings no wrong answer, and the next look is whole`(
        _ name: String
    ) async throws {
        let driver = try driver(name)
        let recorder = Recorder()
        var probe = try await driver.open(RecordingLink(link(driver, tags()), to: { recorder.take($0) }))
        let opening = recorder.requests
        _ = await work(&probe)
        for request in opening..<recorder.requests {
            let line = RestartingLink(link(driver, tags()), then: link(driver, tags()), at: request)
            var reader = try await driver.open(line)
            let findings = await work(&reader)
            if let found = findings.tags { #expect(found == truth.tags, "request \(request)") }
            if let memory = findings.memory { #expect(memory == truth.memory, "request \(request)") }
            if let afi = findings.afi { #expect(afi == truth.afi, "request \(request)") }
            #expect(await work(&reader) == truth, "after a start at request \(request)")
        }
    }

    @Test(arguments: drivers)
    func `a pulled cable is told as such`(_ name: String) async throws {
        let driver = try driver(name)
        let recorder = Recorder()
        _ = try await driver.open(RecordingLink(link(driver, tags()), to: { recorder.take($0) }))
        var reader = try await driver.open(FaultyLink(link(driver, tags()), faults: [recorder.requests: .closed]))
        await #expect(throws: ReaderError.link(.closed)) { _ = try await reader.inventory(afi: nil) }
        await #expect(throws: ReaderError.link(.closed)) { try await reader.ping() }
    }

    @Test(arguments: drivers)
    func `a cable pulled at any step is told as such, and no write counts that was not read back`(
        _ name: String
    ) async throws {
        let driver = try driver(name)
        let recorder = Recorder()
        var probe = try await driver.open(RecordingLink(link(driver, tags()), to: { recorder.take($0) }))
        let opening = recorder.requests
        func steps(_ reader: inout any Reader & ~Copyable) async throws(ReaderError) -> WriteOutcome<[UInt8]> {
            _ = try await reader.inventory(afi: nil)
            _ = try await reader.readMemory(of: TagUID(uids[1]))
            return try await reader.writeBlocks([9, 9, 9, 9], from: 3, to: TagUID(uids[0]))
        }
        #expect(try await steps(&probe).isVerified)
        for request in 0..<recorder.requests {
            let pulled = FaultyLink(link(driver, tags()), faults: [request: .closed])
            do throws(ReaderError) {
                var reader = try await driver.open(pulled)
                #expect(request >= opening, "opened without its line at request \(request)")
                // Once something was sent to a tag, what went wrong is told in the outcome.
                let outcome = try await steps(&reader)
                #expect(!outcome.isVerified, "request \(request)")
                await #expect(throws: ReaderError.link(.closed)) { try await reader.ping() }
            } catch {
                #expect(error == .link(.closed), "request \(request)")
            }
        }
    }

    @Test(
        arguments: drivers,
        [[0x00], [0x02, 0xFF], [0xD6, 0x0F], [0xFA, 0xFF], [0x6F, 0x00], [0x5B], [0x41, 0x0D]] as [[UInt8]]
    )
    func `a device that never stops sending is given up`(_ name: String, _ bytes: [UInt8]) async throws {
        let driver = try driver(name)
        do throws(ReaderError) {
            _ = try await driver.open(EndlessLink(bytes: bytes))
            // Endless words may look like a name, and never like a tag.
        } catch {
            switch error {
            case .noReply, .malformed, .refused, .unsupported: break
            default: Issue.record("found \(error), wanted no reply")
            }
        }
        let recorder = Recorder()
        _ = try await driver.open(RecordingLink(link(driver, []), to: { recorder.take($0) }))
        let late = EndlessLink(link(driver, tags()), bytes: bytes, from: recorder.requests)
        var reader = try await driver.open(late)
        let found = try? await reader.inventory(afi: nil).tags
        #expect(found == nil || found?.isEmpty == true)
    }

    @Test(arguments: drivers)
    func `nobody on the line is told as no reply`(_ name: String) async throws {
        let driver = try driver(name)
        let silence = Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, FaultyLink.Fault.silence) })
        do throws(ReaderError) {
            _ = try await driver.open(FaultyLink(link(driver, []), faults: silence))
            Issue.record("found a reader, wanted none")
        } catch {
            guard case .noReply = error else {
                Issue.record("found \(error), wanted no reply")
                return
            }
        }
    }
}
