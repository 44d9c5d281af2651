import Field
import Readers
import SIP2
import Wire

/// Whatever sits at the far end of a line.
protocol FarEnd: Sendable {
    /// Takes bytes and says what comes back, and how much later.
    mutating func take(_ bytes: [UInt8]) async -> [(bytes: [UInt8], after: Duration)]
    /// The line was silent for longer than a frame may pause.
    func lineFellSilent() async
    /// How often it has its say without being asked; `nil` for whoever only answers.
    var pace: Duration? { get }
    /// What it says by itself now.
    mutating func speak() async -> [UInt8]
    /// Whether the far end has hung up.
    var hasHungUp: Bool { get }
}

extension FarEnd {
    var pace: Duration? { nil }

    mutating func speak() async -> [UInt8] { [] }
}

/// A reader's device in the simulated radio field.
struct ReaderFar: FarEnd {
    let reader: String
    let branch: Branch
    let line: LineSettings
    let pace: Duration?

    mutating func take(_ bytes: [UInt8]) async -> [(bytes: [UInt8], after: Duration)] {
        let (reply, airTime) = await branch.receive(bytes, reader: reader)
        // Start bit, data, stop bit each.
        let onLine = Duration.microseconds((bytes.count + reply.count) * 10_000_000 / max(line.baudRate, 1))
        return [(reply, airTime + onLine)]
    }

    func lineFellSilent() async { await branch.lineFellSilent(reader: reader) }

    mutating func speak() async -> [UInt8] { await branch.receive([], reader: reader).reply }

    var hasHungUp: Bool { false }
}

/// One connection of the emulated library system.
struct SystemFar: FarEnd {
    let bench: LibrarySystemBench
    var twin: LibrarySystemTwin
    private(set) var hasHungUp = false

    init(_ bench: LibrarySystemBench, _ twin: LibrarySystemTwin) {
        self.bench = bench
        self.twin = twin
    }

    mutating func take(_ bytes: [UInt8]) async -> [(bytes: [UInt8], after: Duration)] {
        var late = Duration.milliseconds(20)
        var answers: [(bytes: [UInt8], after: Duration)] = []
        for step in await bench.receive(bytes, by: &twin) {
            switch step {
            case .send(let bytes): answers.append((bytes, late))
            case .wait(let duration): late += duration
            case .hangUp: hasHungUp = true
            }
        }
        return answers
    }

    func lineFellSilent() async {}
}

/// Nobody who answers by itself: somebody else speaks into the inbox.
struct PersonFar: FarEnd {
    let inbox: Inbox

    mutating func take(_ bytes: [UInt8]) async -> [(bytes: [UInt8], after: Duration)] {
        inbox.put(bytes)
        return []
    }

    func lineFellSilent() async {}

    var hasHungUp: Bool { inbox.isClosed }
}
