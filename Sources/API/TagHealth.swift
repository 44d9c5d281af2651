package import FoundationEssentials

/// What the service knows of one tag's condition: `GET /v1/tags/{uid}`.
package struct TagHealth: Codable, Hashable, Sendable {
    /// Writes of one kind, since the service keeps count of them.
    package struct Writes: Codable, Hashable, Sendable {
        package var tried: Int
        /// Read back as wanted.
        package var done: Int
        /// Read back, and not as wanted.
        package var failed: Int
        /// The tag was gone before it could be read back.
        package var uncertain: Int
        package var lastAt: Date?
        /// What was wrong when it went wrong last.
        package var lastTrouble: String?

        package init(
            tried: Int,
            done: Int,
            failed: Int,
            uncertain: Int,
            lastAt: Date?,
            lastTrouble: String?
        ) {
            self.tried = tried
            self.done = done
            self.failed = failed
            self.uncertain = uncertain
            self.lastAt = lastAt
            self.lastTrouble = lastTrouble
        }
    }

    package struct Meeting: Codable, Hashable, Sendable {
        package var at: Date
        /// Left out where it was not written down.
        package var reader: String?

        package init(at: Date, reader: String?) {
            self.at = at
            self.reader = reader
        }
    }

    /// How it was heard since the service started, at the reader that heard it last.
    package struct Hearing: Codable, Hashable, Sendable {
        package var reader: String
        /// Whether it lies there now.
        package var there: Bool
        /// Looks at the field while it lay there, and those in which it answered.
        package var looks: Int
        package var answers: Int
        /// On the scale of the reader that told it last; left out where none does.
        package var signal: Int?
        package var signalReader: String?
        /// How often its memory could not be read although it answered.
        package var unreadable: Int

        package init(
            reader: String,
            there: Bool,
            looks: Int,
            answers: Int,
            signal: Int?,
            signalReader: String?,
            unreadable: Int
        ) {
            self.reader = reader
            self.there = there
            self.looks = looks
            self.answers = answers
            self.signal = signal
            self.signalReader = signalReader
            self.unreadable = unreadable
        }
    }

    /// The memory of a tag that lies on a pad at this moment.
    package struct Memory: Codable, Hashable, Sendable {
        package var blocks: Int
        package var blockSize: Int
        /// Left out where the chip does not tell.
        package var lockedBlocks: [Int]?

        package init(blocks: Int, blockSize: Int, lockedBlocks: [Int]?) {
            self.blocks = blocks
            self.blockSize = blockSize
            self.lockedBlocks = lockedBlocks
        }
    }

    /// What is to be thought of it.
    package enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
        /// Nothing speaks against it.
        case good
        /// Something went wrong with it: look again.
        case watch
        /// It goes wrong again and again.
        case replace
        /// Too little is known.
        case unknown
    }

    package var uid: String
    package var maker: String
    package var chip: String?
    package var barcode: String?
    package var model: String?
    package var firstSeen: Meeting?
    package var lastSeen: Meeting?
    /// Days since it was first met: it is at least so old.
    package var ageDays: Int?
    package var hearing: Hearing?
    /// Of its theft bit.
    package var securityWrites: Writes
    /// Of its memory.
    package var memoryWrites: Writes
    /// How often a wrong theft bit was heard on it.
    package var wrongBits: Int
    /// Whether it still says the wrong thing.
    package var wrongNow: Bool
    package var memory: Memory?
    package var verdict: Verdict
    /// Why, one sentence each.
    package var reasons: [String]

    package init(
        uid: String,
        maker: String,
        chip: String?,
        barcode: String?,
        model: String?,
        firstSeen: Meeting?,
        lastSeen: Meeting?,
        ageDays: Int?,
        hearing: Hearing?,
        securityWrites: Writes,
        memoryWrites: Writes,
        wrongBits: Int,
        wrongNow: Bool,
        memory: Memory?,
        verdict: Verdict,
        reasons: [String]
    ) {
        self.uid = uid
        self.maker = maker
        self.chip = chip
        self.barcode = barcode
        self.model = model
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.ageDays = ageDays
        self.hearing = hearing
        self.securityWrites = securityWrites
        self.memoryWrites = memoryWrites
        self.wrongBits = wrongBits
        self.wrongNow = wrongNow
        self.memory = memory
        self.verdict = verdict
        self.reasons = reasons
    }
}
