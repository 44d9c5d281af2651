import Field
import Foundation
import Library
import Logging
import Operations
import Readers
import SIP2
import Store
import Tags
import Wire

/// The simulated branch with everything that outlives the programs that run in it: books and their tags, readers, the
/// library system, lines to siren and fire contact, the weather on all channels, the clock on the wall, and the disk.
final class House: @unchecked Sendable {
    let processor: VirtualProcessor
    let chance: Chance
    let trace: Trace
    let witness: Witness
    let branch: Branch
    let system: LibrarySystemBench
    let books: [Book]
    /// What the site goes by: AFI, EAS, or both, as the seed will have it.
    let security: SecurityPolicy
    let readers: [HouseReader]
    let outputs: HouseLines
    let root: URL

    /// The program that runs now, or ran last.
    var program: Program?
    var disk: FaultyDisk
    /// By the channel's name; calm where none is given.
    var weather: [String: ChannelWeather] = [:]
    var unplugged: Set<String> = []
    var isSystemAway = false
    /// By how much the clock on the wall was set, in milliseconds.
    var clockOffset: Int64 = 0
    /// The furthest that it was ever set back at once.
    var furthestBack: Int64 = 0
    /// The branch closes: nobody begins anything new.
    var isClosing = false
    /// Books that somebody has in hand, and readers at which somebody stands.
    var inHand: Set<String> = []
    var taken: Set<String> = []
    /// Everything has been looked at: the program ends.
    var isOver = false
    /// The program of the moment is to be stopped as by SIGTERM.
    var isStopping = false
    /// At this step the program of the moment is killed.
    var killAt: UInt64?
    /// Where a program that fell has left its state.
    var nextFolder: URL?
    var mustCancel: Program?
    var programNumber = 0
    /// How many starts in a row have found the state folder held by the program before.
    var heldStarts = 0
    /// Done to a state folder between two programs, by tests that want to see whether it is noticed.
    var meddle: (URL) -> Void = { _ in }
    private var folderNumber = 0

    static let firstMoment: Int64 = 1_767_348_000_000
    /// The channel to the library system.
    static let systemChannel = "library system"

    init(_ processor: VirtualProcessor, seed: UInt64, root: URL) async throws {
        self.processor = processor
        self.root = root
        chance = Chance(seed: seed)
        trace = Trace(processor, root: root.path)
        security = SecurityPolicy(
            mechanism: chance.one(of: [.afi, .afi, .eas, .both]) ?? .afi,
            ownInstitutions: [Book.owner],
            acceptsTagsWithoutOwner: false
        )
        witness = Witness(processor, trace, goesByAFI: security.mechanism == .afi)
        disk = FaultyDisk(chance)
        outputs = HouseLines(processor, witness)
        let shelf = try Book.shelf(36, chance)
        books = shelf.map(\.book)
        readers = HouseReader.all(chance)
        branch = Branch(seed: chance.seed())
        system = LibrarySystemBench(
            LibrarySystemRecords(
                items: Dictionary(
                    books.filter(\.isOurs).map { book in
                        (book.barcode, .init(title: "Title of \(book.barcode)", callNumber: book.callNumber))
                    },
                    uniquingKeysWith: { first, _ in first }
                ),
                patrons: Planted.patrons.mapValues { .init(name: $0.name, password: $0.password) }
            )
        )
        await branch.setShelf(shelf.flatMap { $0.tags.map { ShelvedTag(tag: $0, thickness: 25) } })
        for reader in readers {
            await branch.addReader(name: reader.name, kind: reader.kind, twin: reader.twin, conditions: reader.air)
        }
        trace.hear = { [witness] in witness.hear($0) }
    }

    var now: Moment {
        Moment(milliseconds: Self.firstMoment + clockOffset + Int64(processor.now / .milliseconds(1)))
    }

    var time: Timekeeper {
        Timekeeper(
            now: { [self] in now },
            sleep: { [processor] in try await processor.sleep($0) },
            uptime: { [processor] in processor.now },
            jitter: { [chance] in chance.jitter() }
        )
    }

    func rest(_ seconds: ClosedRange<Double>) async { try? await processor.sleep(chance.seconds(seconds)) }

    /// A long rest, which ends when the branch closes: a short day is not to wait an hour for its end.
    func restUntilClosing(_ seconds: ClosedRange<Double>) async {
        var left = chance.seconds(seconds)
        while left > .zero, !isClosing {
            let step = min(left, .seconds(10))
            try? await processor.sleep(step)
            left -= step
        }
    }

    func freshFolder() -> URL {
        folderNumber += 1
        return root.appending(path: "state-\(folderNumber)")
    }

    // MARK: - Channels

    func weather(on channel: String) -> ChannelWeather { weather[channel] ?? .calm }

    /// A line from a program to a reader.
    func line(to reader: HouseReader, of program: Program) throws(LinkError) -> SimulatedLine {
        guard program.isAlive, !unplugged.contains(reader.name) else {
            throw .absent(device: reader.name, hint: "plug it in")
        }
        return SimulatedLine(
            to: ReaderFar(reader: reader.name, branch: branch, line: reader.driver.identity.line, pace: reader.pace),
            processor,
            chance,
            weather: { [self] in weather(on: reader.name) },
            isOpen: { [self] in program.isAlive && !unplugged.contains(reader.name) }
        )
    }

    /// A connection from a program to the library system.
    func lineToSystem(of program: Program) async throws(LinkError) -> SimulatedLine {
        guard program.isAlive, !isSystemAway, await system.takesCalls() else {
            throw .absent(device: "library system", hint: "nobody listens there")
        }
        return SimulatedLine(
            to: SystemFar(system, LibrarySystemTwin(manner: .koha, lateness: .seconds(4))),
            processor,
            chance,
            weather: { [self] in weather(on: Self.systemChannel) },
            isOpen: { [self] in program.isAlive && !isSystemAway }
        )
    }

    // MARK: - What is true

    func marks(of book: Book) async -> [SecurityMark] {
        var marks: [SecurityMark] = []
        for uid in book.tags {
            let tag = await branch.tag(uid)
            marks.append(SecurityMark(afi: tag?.afi, eas: tag?.eas.armed))
        }
        return marks
    }

    /// Whether every part of a book says this by the site's means.
    func says(_ state: SecurityState, _ book: Book) async -> Bool {
        zip(book.tags, await marks(of: book)).allSatisfy { uid, mark in
            security.mark(for: state, on: uid).map(mark.says) == true
        }
    }

    func isLent(_ book: Book) async -> Bool { await isLent(book.barcode) }

    func isLent(_ barcode: String) async -> Bool { await system.records.items[barcode]?.borrower != nil }

    /// What is wrong with the tags of a book by what the library system says; `nil` when nothing is.
    func divergence(of book: Book) async -> String? {
        guard book.isOurs else {
            let isWritten = await marks(of: book).contains { $0 != SecurityMark(afi: Book.armed, eas: true) }
            return isWritten ? "a foreign tag was written to" : nil
        }
        let isLent = await isLent(book)
        guard await !says(isLent ? .disarmed : .armed, book) else { return nil }
        let says = await marks(of: book).map(\.description).joined(separator: "; ")
        return "\(isLent ? "on loan" : "not on loan"), its tags say \(says)"
    }
}
