import API
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
import Tags
import Testing
import Wire

@testable import Interfaces

/// The whole service in memory behind its routes: a shelf of five items, a FEIG pad with what a test lays on it.
struct TestService {
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    static let start = Moment(milliseconds: 1_795_000_000_000)

    var desk: ServiceDesk
    var simulation: WebServer.Simulation?
    /// What may be done without a token.
    var loopback: AccessRole? = .admin

    init(
        items: [Item] = TestService.shelf,
        order: ShelfOrderRules = .standard,
        onPad tags: [VirtualTag] = [],
        repairs: Set<SecurityDevice> = [.pad],
        circulation: CirculationSetup? = nil
    ) throws {
        let store = try Store.inMemory()
        if !items.isEmpty {
            let work = try store.beginImport(profile: "koha", source: "items.csv", at: Self.start, rules: order)
            for (number, item) in items.enumerated() { try work.add(item, line: number + 2) }
            _ = try work.commit(at: Self.start)
        }
        desk = try ServiceDesk(
            store: store,
            time: Timekeeper(
                now: { Self.start },
                sleep: { duration in
                    // A link to a library system asks again after its interval: here only when it is told to.
                    if duration >= .seconds(5) { try await Task.sleep(for: .seconds(3600)) }
                    try Task.checkCancellation()
                    await Task.yield()
                }
            ),
            settings: ServiceDesk.Settings(
                rules: SweepRules(
                    security: SecurityPolicy(ownInstitutions: ["DK-718500"], table: SecurityTable(repairs: repairs))
                ),
                shelfOrder: order,
                scheme: .lcc,
                snapshots: 2
            ),
            readers: [
                StationSetup(
                    name: "pad-1",
                    role: .pad,
                    driver: FEIGDriver.self,
                    place: "loopback",
                    interval: .milliseconds(1)
                ) { () async throws(LinkError) -> any Link & ~Copyable in
                    let placed = tags.map { RadioField.Placed(tag: $0, coupling: 1) }
                    return LoopbackLink(
                        FEIGTwin(.pad),
                        over: RadioField(tags: placed, conditions: RadioConditions(), seed: 1)
                    )
                }
            ],
            circulation: circulation,
            logger: Self.logger
        )
    }

    static let shelf = ["QA 75", "QA 76", "QA 76.5", "QA 77", "QA 78"].enumerated().map { number, callNumber in
        Item(
            barcode: "301\(number)",
            title: "Title \(number)",
            callNumber: callNumber,
            scheme: .lcc,
            homeBranch: "MAIN",
            holdingBranch: "MAIN",
            location: "REF",
            permanentLocation: "REF"
        )
    }

    /// A tag as a library puts it on (ISO 28560-3).
    static func tag(
        _ barcode: String,
        serial: UInt64 = 1,
        afi: UInt8 = 0x07,
        wrongChecksum: Bool = false
    ) throws -> VirtualTag {
        let content = TagContent(
            primaryItemIdentifier: barcode,
            ownerInstitution: "DK-718500",
            setInformation: SetInformation(total: 1, ordinal: 1),
            typeOfUsage: .circulation
        )
        var bytes = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        if wrongChecksum { bytes[19] ^= 0xFF }
        return VirtualTag(
            uid: TagUID(0xE004_0150_0000_0000 | serial),
            chip: try #require(ChipTable.named("ICODE SLIX")),
            content: bytes,
            dsfid: 0x3E,
            afi: afi
        )
    }
}

extension TestService {
    /// Sends one request; the readers are not running.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: (some Encodable)? = String?.none
    ) async throws -> TestResponse {
        let bytes = try body.map { ByteBuffer(bytes: try JSON.encode($0)) }
        let headers: HTTPFields = bytes == nil ? [:] : [.contentType: "application/json"]
        return try await send(method, path, headers: headers, bytes: bytes)
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields,
        bytes: ByteBuffer?
    ) async throws -> TestResponse {
        let response = try await server.application(startedAt: Self.start).test(.router) { client in
            try await client.execute(uri: path, method: method, headers: headers, body: bytes)
        }
        // Whatever a test is about: what it gets is what the document promises.
        #expect(Contract.faults(method, path, response) == [], "\(method) \(path)")
        return response
    }

    var server: WebServer {
        WebServer(
            desk: desk,
            library: "Central Library",
            scheme: .lcc,
            address: "127.0.0.1",
            port: 0,
            hosts: [],
            loopback: loopback,
            simulation: simulation,
            started: { _ in },
            logger: Self.logger
        )
    }

    /// Runs the readers while `body` works with them, from when the pad is online.
    func running<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for station in desk.stations { group.addTask { await station.run() } }
            defer { group.cancelAll() }
            let pad = try desk.station("pad-1")
            try await waited {
                if case .connecting = await pad.report.state { return false }
                return true
            }
            return try await body()
        }
    }
}

extension TestResponse {
    func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSON.decode(type, from: Data(body.readableBytesView))
    }
}
