import Field
import Operations
import Readers
import Synchronization
import Tags
import Wire

/// A pad whose tags a test can look at and pull away while the station works with them.
final class TestPad: Sendable {
    private struct State {
        var field: RadioField
        /// Write number, counted from 1, during which the tags are pulled away.
        var tearsAt: Int?
        /// Write number from which on writes are not heard any more, as at the edge of the field.
        var deafFrom: Int?
        /// Write number from which on nothing is heard any more: the tags were taken away.
        var goneFrom: Int?
        var writes = 0
        /// Codes of the write and lock commands heard, in their order.
        var commands: [UInt8] = []
    }

    private let state: Mutex<State>

    init(
        _ tags: [VirtualTag],
        seed: UInt64 = 1,
        tearingAt write: Int? = nil,
        deafFrom deaf: Int? = nil,
        goneFrom gone: Int? = nil
    ) {
        let placed = tags.map { RadioField.Placed(tag: $0, coupling: 1) }
        let field = RadioField(tags: placed, conditions: RadioConditions(), seed: seed)
        state = Mutex(State(field: field, tearsAt: write, deafFrom: deaf, goneFrom: gone))
    }

    /// The tags as they are now.
    var tags: [VirtualTag] { state.withLock { $0.field.tags.map(\.tag) } }

    /// What was written and locked: command codes of ISO 15693-3, in their order.
    var commands: [UInt8] { state.withLock { $0.commands } }

    var setup: StationSetup {
        StationSetup(name: "pad-1", role: .pad, driver: FEIGDriver.self, place: "loopback", interval: .milliseconds(1))
        {
            () async throws(LinkError) -> any Link & ~Copyable in
            LoopbackLink(FEIGTwin(.pad), over: Antenna(pad: self))
        }
    }

    /// The antenna of the pad: everybody who opens the reader uses the same.
    private struct Antenna: Air {
        let pad: TestPad

        mutating func send(_ frame: [UInt8]) -> AirAnswer {
            pad.state.withLock { state in
                // Writes of blocks, AFI and DSFID, and the locks (ISO 15693-3, 10.4); the command follows the flags.
                if frame.count > 1, [0x21, 0x22, 0x24, 0x27, 0x28, 0x29, 0x2A].contains(frame[1]) {
                    state.writes += 1
                    state.commands.append(frame[1])
                    if let deaf = state.deafFrom, state.writes >= deaf { return .silence }
                    if state.writes == state.tearsAt { state.field.torn = Set(state.field.tags.map(\.tag.uid)) }
                }
                if let gone = state.goneFrom, state.writes >= gone { return .silence }
                return state.field.send(frame)
            }
        }

        mutating func endOfFrame() -> AirAnswer { pad.state.withLock { $0.field.endOfFrame() } }
        mutating func wait(_ time: Duration) { pad.state.withLock { $0.field.wait(time) } }
        mutating func setField(on: Bool) { pad.state.withLock { $0.field.setField(on: on) } }
    }
}

extension VirtualTag {
    /// Everything a reader could read of the tag.
    var whole: TagMemory {
        TagMemory(
            bytes: memory,
            blockSize: geometry.blockSize,
            blockCount: geometry.blockCount,
            dsfid: dsfid,
            afi: afi
        )
    }
}
