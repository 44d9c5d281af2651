package import Tags

/// A lamp, buzzer or contact of a reader.
package enum ReaderOutput: Hashable, Sendable {
    case greenLamp, redLamp, buzzer, relay
    /// A digital output by its number on the case, from 1.
    case output(Int)
}

/// What an output shall do.
package enum ReaderSignal: Hashable, Sendable {
    case on, off, flash
}

/// A reader's digital inputs, by their numbers from 1.
package struct ReaderInputs: Hashable, Sendable {
    /// Numbers from 1.
    package var active: Set<Int>
    /// Those that changed since they were asked for last.
    package var changed: Set<Int>

    package init(active: Set<Int>, changed: Set<Int>) {
        self.active = active
        self.changed = changed
    }
}

/// How many people a gate has counted since it was last set back.
package struct PeopleCount: Hashable, Sendable {
    /// One lane's two counters.
    package struct Lane: Hashable, Sendable {
        /// People who came in through this lane since it was set back.
        package var incoming: UInt32
        /// People who went out through this lane since it was set back.
        package var outgoing: UInt32

        package init(incoming: UInt32, outgoing: UInt32) {
            self.incoming = incoming
            self.outgoing = outgoing
        }
    }

    /// By lane, the first one first; at least one.
    package var lanes: [Lane]

    package init(lanes: [Lane]) {
        self.lanes = lanes
    }

    /// A gate of one lane.
    package init(incoming: UInt32, outgoing: UInt32) {
        lanes = [Lane(incoming: incoming, outgoing: outgoing)]
    }
}

/// A tag a reader has noted on its own while it was scanning by itself.
package struct BufferedTag: Hashable, Sendable {
    /// `nil` when the reader is set to deliver memory only.
    package var uid: TagUID?
    /// Blocks the reader has read, in tag order, from the block its configuration names; empty when it reads none.
    package var memory: [UInt8]
    /// In bytes; 4 when the record holds no blocks.
    package var blockSize: Int
    /// As the device tells it: a number or one bit per antenna.
    package var antenna: Int?

    package init(uid: TagUID?, memory: [UInt8] = [], blockSize: Int = 4, antenna: Int? = nil) {
        self.uid = uid
        self.memory = memory
        self.blockSize = blockSize
        self.antenna = antenna
    }
}

/// One look into a reader's buffer.
package struct BufferedTags: Hashable, Sendable {
    /// Oldest first; a tag that was noted twice stands here twice.
    package var tags: [BufferedTag]
    /// Whether tags were lost because the buffer was full, or records could not be read.
    package var incomplete: Bool
    /// What the device warned of and which records could not be read, in words for the log.
    package var warnings: [String]
    /// Records that stay in the device until its buffer is cleared, those among them of which no tag came.
    package var records: Int

    /// As many records as tags, unless told otherwise.
    package init(tags: [BufferedTag], incomplete: Bool = false, warnings: [String] = [], records: Int? = nil) {
        self.tags = tags
        self.incomplete = incomplete
        self.warnings = warnings
        self.records = records ?? tags.count
    }
}

extension Reader where Self: ~Copyable {
    package mutating func switchOutput(
        _ output: ReaderOutput,
        _ signal: ReaderSignal,
        for time: Duration
    ) async throws(ReaderError) {
        throw .unsupported("output on \(information.model)")
    }

    package mutating func readInputs() async throws(ReaderError) -> ReaderInputs {
        throw .unsupported("inputs on \(information.model)")
    }

    package mutating func readBuffer() async throws(ReaderError) -> BufferedTags {
        throw .unsupported("buffered reading on \(information.model)")
    }

    package mutating func clearBuffer() async throws(ReaderError) {
        throw .unsupported("buffered reading on \(information.model)")
    }

    package mutating func readPeopleCount() async throws(ReaderError) -> PeopleCount {
        throw .unsupported("counting people on \(information.model)")
    }

    package mutating func resetPeopleCount() async throws(ReaderError) {
        throw .unsupported("counting people on \(information.model)")
    }

    package mutating func senses(afi: UInt8) async throws(ReaderError) -> Bool {
        throw .unsupported("one-slot inventory on \(information.model)")
    }

    package mutating func sensesEAS(of manufacturer: UInt8) async throws(ReaderError) -> Bool {
        throw .unsupported("EAS alarm on \(information.model)")
    }
}
