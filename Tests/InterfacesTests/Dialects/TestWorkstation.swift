import Field
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import Logging
import Operations
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

@testable import Interfaces

/// A pad in a simulated field with a store behind it, and a clock that goes on by itself while the reader rests.
final class TestWorkstation: Sendable {
    static let owner = "DK-718500"
    static let page = "https://koha-staff.example.org"
    let branch: Branch
    let desk: ServiceDesk
    let line: Line

    init(_ tags: [VirtualTag] = []) async throws {
        let branch = Branch(seed: 7)
        self.branch = branch
        let line = Line()
        self.line = line
        await branch.addReader(name: "pad-1", kind: .pad, twin: FEIGTwin(.pad))
        for tag in tags {
            await branch.add(tag)
            try await branch.placeOnPad("pad-1", tag.uid)
        }
        let moment = Clock()
        desk = try ServiceDesk(
            store: try Store.inMemory(),
            time: Timekeeper(
                now: { moment.now },
                sleep: { duration in
                    // Nobody waits in vain: only what a caller would wait for at the most is waited for really.
                    if duration >= .seconds(5) { try await Task.sleep(for: .seconds(3600)) }
                    try Task.checkCancellation()
                    moment.advance(by: duration)
                    // A reader that never rests leaves the processor to none of the tests beside it.
                    try await Task.sleep(for: .milliseconds(1))
                }
            ),
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: SecurityPolicy(ownInstitutions: [Self.owner])),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 2,
                tags: Self.habits
            ),
            readers: [
                StationSetup(
                    name: "pad-1",
                    role: .pad,
                    driver: FEIGDriver.self,
                    place: "loopback",
                    interval: .milliseconds(100)
                ) { () async throws(LinkError) -> any Link & ~Copyable in
                    RecordingLink(BranchLink(to: "pad-1", of: branch)) { line.take($0) }
                }
            ],
            logger: TestService.logger
        )
    }

    private static var habits: SiteProfile {
        var habits = SiteProfile()
        habits.target = .iso28560Part3
        return habits
    }

    private final class Clock: Sendable {
        private let moment = Mutex(TestService.start)
        var now: Moment { moment.withLock { $0 } }
        func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
    }

    /// What is sent to the pad's reader, from the moment on that somebody listens.
    final class Line: Sendable {
        private let frames = Mutex<[[UInt8]]?>(nil)

        func listen() { frames.withLock { $0 = [] } }

        func take(_ line: Transcript.Line) {
            guard case .sent(let bytes) = line else { return }
            frames.withLock { frames in
                guard frames != nil else { return }
                frames?.append(bytes)
            }
        }

        /// Whether the reader was told to do something with this tag.
        func names(_ serial: UInt64) -> Bool {
            let uid = TagUID(0xE004_0150_0000_0000 | serial).bytes
            return frames.withLock { $0 ?? [] }.contains { frame in
                frame.indices.contains { frame[$0...].starts(with: uid) }
            }
        }
    }

    /// Runs everything while `body` speaks to the dialect from a page of the library system.
    func serving<Value: Sendable>(
        _ type: any WorkstationDialect.Type,
        takesFirst: Bool = false,
        writesTags: Bool = false,
        showsCards: Bool = false,
        readersByAddress: [String: String] = [:],
        lay: DialectServer.Lay? = nil,
        _ body: @escaping @Sendable (DialectCaller) async throws -> Value
    ) async throws -> Value {
        let server = DialectServer(
            type,
            at: DialectPlace(
                desk: desk.workstations,
                reader: "pad-1",
                takesFirst: takesFirst,
                writesTags: writesTags,
                showsCards: showsCards,
                readersByAddress: readersByAddress
            ),
            port: 0,
            policy: DialectGuard(origins: [Self.page]),
            lay: lay,
            audit: desk.audit,
            logger: TestService.logger
        )
        let desk = desk
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for station in desk.stations { group.addTask { await station.run() } }
            group.addTask { await desk.workstations.run(events: desk.events) }
            defer { group.cancelAll() }
            return try await server.application(on: "127.0.0.1").test(.router) { client in
                try await body(DialectCaller(client: client, origin: Self.page))
            }
        }
    }

    /// What a tag says now, whatever anybody was told.
    func afi(_ serial: UInt64) async -> UInt8? {
        await branch.tag(TagUID(0xE004_0150_0000_0000 | serial))?.afi
    }

    func content(_ serial: UInt64) async -> LibraryTag? {
        await branch.tag(TagUID(0xE004_0150_0000_0000 | serial)).map { LibraryTag(reading: $0.content) }
    }

    static func tag(_ barcode: String, serial: UInt64, part: Int = 1, of total: Int = 1, afi: UInt8 = 0x07) throws
        -> VirtualTag
    {
        try tag(
            TagContent(
                primaryItemIdentifier: barcode,
                ownerInstitution: owner,
                setInformation: SetInformation(total: total, ordinal: part),
                typeOfUsage: .circulation
            ),
            serial: serial,
            afi: afi
        )
    }

    static func tag(_ content: TagContent, serial: UInt64, afi: UInt8 = 0x07) throws -> VirtualTag {
        VirtualTag(
            uid: TagUID(0xE004_0150_0000_0000 | serial),
            chip: try #require(ChipTable.named("ICODE SLIX")),
            content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
            dsfid: 0x3E,
            afi: afi
        )
    }

    static func blank(serial: UInt64) throws -> VirtualTag {
        VirtualTag(
            uid: TagUID(0xE004_0150_0000_0000 | serial),
            chip: try #require(ChipTable.named("ICODE SLIX"))
        )
    }
}

/// A browser that shows a page: sends the page's origin with every call, and asks first where the standard says so.
struct DialectCaller: Sendable {
    let client: any TestClientProtocol
    var origin: String?

    struct Reply: Sendable {
        var status: Int
        var headers: HTTPFields
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        type: String? = nil,
        body: String? = nil,
        extra: [String: String] = [:]
    ) async throws -> Reply {
        var headers: HTTPFields = [:]
        if let origin { headers[.origin] = origin }
        if let type { headers[.contentType] = type }
        for (name, value) in extra { if let name = HTTPField.Name(name) { headers[name] = value } }
        let isSimple = ["GET", "POST"].contains(method.rawValue) && (type == nil || type == "text/plain")
        if origin != nil, !isSimple, method != .options {
            var preflight = headers
            preflight[.accessControlRequestMethod] = method.rawValue
            preflight[.accessControlRequestHeaders] = "content-type"
            let allowed = try await client.execute(uri: path, method: .options, headers: preflight, body: nil)
            guard allowed.status.code == 204, allowed.headers[.accessControlAllowOrigin] == origin,
                allowed.headers[.accessControlAllowMethods]?.contains(method.rawValue) == true,
                allowed.headers[.accessControlAllowHeaders]?.lowercased().contains("content-type") == true
            else { throw Blocked() }
        }
        let response = try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
        if let origin, response.headers[.accessControlAllowOrigin] != origin { throw Blocked() }
        return Reply(
            status: response.status.code,
            headers: response.headers,
            body: Data(response.body.readableBytesView)
        )
    }

    /// The browser does not let the page see the answer.
    struct Blocked: Error {}
}

/// Asks again and again, as pages do, until the answer is as wanted or there is no hope any more.
func polled<Value: Sendable>(
    _ ask: @Sendable () async throws -> Value,
    until isWanted: (Value) -> Bool
) async throws -> Value {
    // By the clock: how often somebody can ask meanwhile says nothing about how far a busy machine has come.
    let end = ContinuousClock.now + .seconds(120)
    var last = try await ask()
    while !isWanted(last), ContinuousClock.now < end {
        try await Task.sleep(for: .milliseconds(2))
        last = try await ask()
    }
    return last
}

/// Asks like `polled` whether something is so, and ends the test where it never is: whoever waits for good holds up every
/// test behind, and nobody learns which one it was.
func waited(
    sourceLocation: SourceLocation = #_sourceLocation,
    until condition: @Sendable () async throws -> Bool
) async throws {
    let isSo = try await polled(condition, until: { $0 })
    try #require(isSo, "waited in vain", sourceLocation: sourceLocation)
}
