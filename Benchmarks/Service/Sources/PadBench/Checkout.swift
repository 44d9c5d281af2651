import Field
import Library
import Operations
import Readers
import Store
import Tags
import Wire

/// The release of a stack of one-part items on a pad of one family, in three ways.
struct Checkout {
    private let driver: any ReaderDriver.Type
    private let barcodes: [String]
    private let field: RadioField
    private let watch = Stopwatch()

    /// Blocks in which a basic block of ISO 28560-3 stands whole.
    private static let blocks = 9

    init(_ driver: any ReaderDriver.Type, _ size: Int) throws {
        self.driver = driver
        barcodes = (0..<size).map { "10000\(100_000 + $0)" }
        field = try RadioField(tags: barcodes.map { .init(tag: try Self.tag($0)) }, seed: 1)
    }

    static func tag(_ barcode: String) throws -> VirtualTag {
        guard let chip = ChipTable.named("ICODE SLIX"), let serial = UInt64(barcode) else { throw Failure.setUp }
        let content = TagContent(
            primaryItemIdentifier: barcode,
            ownerInstitution: PadBench.owner,
            setInformation: SetInformation(total: 1, ordinal: 1),
            typeOfUsage: .circulation
        )
        return VirtualTag(
            uid: TagUID(0xE004_0150_0000_0000 | serial % 1_000_000),
            chip: chip,
            content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
            dsfid: 0x3E,
            afi: 0x07
        )
    }

    enum Failure: Error {
        case setUp
        case notReleased(String)
    }

    private func link() -> CountedLink {
        CountedLink(driver.twin(), over: field, cost: LineCost(driver.identity), watch: watch)
    }

    /// What cannot be left out, once: who is there, whose each tag is and how it is marked; then, once that was judged, the
    /// write and the reading back.
    func least() async throws -> Duration {
        var reader = try await driver.open(link())
        let start = watch.elapsed
        let tags = try await reader.inventory(afi: nil).tags.map(\.uid)
        for uid in tags { _ = try await reader.readMemory(of: uid, blocks: Self.blocks) }
        for uid in tags {
            _ = try await reader.sendAFI(0xC2, to: uid)
            try check(try await reader.readAFI(of: uid), uid)
        }
        return watch.elapsed - start
    }

    /// The loop of a simple program: looks for the item anew before each step.
    func rescanning() async throws -> Duration {
        var reader = try await driver.open(link())
        let start = watch.elapsed
        for barcode in barcodes {
            for uid in try await reader.inventory(afi: nil).tags.map(\.uid) {
                let content = LibraryTag(reading: try await reader.readMemory(of: uid))
                guard content.primaryItemIdentifier == barcode else { continue }
                _ = try await reader.sendAFI(0xC2, to: uid)
                break
            }
            for uid in try await reader.inventory(afi: nil).tags.map(\.uid) where uid == (try Self.tag(barcode)).uid {
                try check(try await reader.readAFI(of: uid), uid)
            }
        }
        return watch.elapsed - start
    }

    private func check(_ afi: UInt8?, _ uid: TagUID) throws {
        guard afi == 0xC2 else { throw Failure.notReleased("\(uid)") }
    }

    /// Ours, from the request to the last tag read back; the station polls meanwhile.
    func ours() async throws -> Duration {
        let store = try Store.inMemory()
        let time = Timekeeper(
            now: { [watch] in Moment(milliseconds: 1_700_000_000_000 + Int64(watch.elapsed / .milliseconds(1))) },
            sleep: { [watch] duration in
                try await Task.sleep(for: .milliseconds(20))
                watch.spend(duration)
            }
        )
        let (driver, field, watch) = (driver, field, watch)
        let setup = StationSetup(
            name: "pad",
            role: .pad,
            driver: driver,
            place: "loopback",
            interval: .milliseconds(250)
        ) {
            () async throws(LinkError) -> any Link & ~Copyable in
            CountedLink(driver.twin(), over: field, cost: LineCost(driver.identity), watch: watch)
        }
        let station = Station(
            setup: setup,
            time: time,
            logger: PadBench.logger,
            knows: { _ in false },
            deliver: { _ in },
            announce: { _ in }
        )
        let desk = SecurityDesk(
            store: store,
            time: time,
            policy: SecurityPolicy(ownInstitutions: [PadBench.owner]),
            events: EventHub(),
            logger: PadBench.logger
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await station.run() }
            defer { group.cancelAll() }
            while await station.report.tagsPresent < barcodes.count { await Task.yield() }
            let start = time.now()
            let reports = try await desk.flip(barcodes, to: .disarmed, cause: .staff, on: station)
            for report in reports {
                if let shortfall = report.shortfall { throw Failure.notReleased(shortfall) }
            }
            // The journal knows when the last tag was read back; the station looks around again behind that.
            let ends = try store.journal().compactMap(\.settledAt)
            guard ends.count == barcodes.count, let end = ends.max() else { throw Failure.notReleased("the journal") }
            return end.since(start)
        }
    }
}
