import Field
import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing
import Wire

/// A branch with readers in front of which a test moves tags, and what the library system knows of its loans. Both
/// outlive a program that is stopped.
final class PadBranch: Sendable {
    let field: Branch
    /// Barcodes on loan by the library system.
    let loans = Mutex<Set<String>>([])
    let canBeAsked = Mutex(true)

    /// Readers by name: pads `pad-1` and `pad-2`, a wand `wand-1` and a gate `gate-1`.
    init(_ tags: [VirtualTag], seed: UInt64 = 1) async throws {
        field = Branch(seed: seed)
        for (name, kind) in [("pad-1", ReaderKind.pad), ("pad-2", .pad), ("gate-1", .gate), ("wand-1", .pad)] {
            await field.addReader(name: name, kind: kind, twin: FEIGTwin(.pad))
        }
        for tag in tags { await field.add(tag) }
    }

    func put(_ tags: [TagUID], on reader: String = "pad-1") async throws {
        for tag in tags {
            if reader == "gate-1" {
                try await field.enterGate(reader, tag)
            } else {
                try await field.placeOnPad(reader, tag)
            }
        }
    }

    /// What the tags say now, to whoever has endless patience.
    func afis(_ tags: [TagUID]) async -> [UInt8?] {
        var found: [UInt8?] = []
        for tag in tags { found.append(await field.tag(tag)?.afi) }
        return found
    }

    func link(to reader: String) -> any Link & ~Copyable { BranchLink(to: reader, of: field) }

    func setup(_ name: String, _ role: StationRole) -> StationSetup {
        StationSetup(name: name, role: role, driver: FEIGDriver.self, place: "branch", interval: .milliseconds(1)) {
            () async throws(LinkError) -> any Link & ~Copyable in
            self.link(to: name)
        }
    }

    /// Asks for a loan or return as the library system does it: it stands when it makes sense.
    func ask(_ intent: SecurityIntent) -> LoanAnswer {
        guard canBeAsked.withLock({ $0 }) else { return .unknown("no answer") }
        return loans.withLock { loans in
            switch intent.wanted {
            case .disarmed: loans.insert(intent.barcode).inserted ? .agreed : .declined("on loan already")
            case .armed: loans.remove(intent.barcode) != nil ? .agreed : .declined("not on loan")
            }
        }
    }

    func status(of barcode: String) -> ItemStatus? {
        guard canBeAsked.withLock({ $0 }) else { return nil }
        return loans.withLock { $0.contains(barcode) } ? .onLoan : .available
    }
}
