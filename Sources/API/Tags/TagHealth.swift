package import FoundationEssentials

/// What the service knows of one tag's condition: `GET /v1/tags/{uid}`.
package struct TagHealth: Codable, Hashable, Sendable {
    /// Writes of one kind, since the service keeps count of them.
    package struct Writes: Codable, Hashable, Sendable {
        /// All of them: `done`, `failed` and `uncertain` together.
        package var tried: Int
        /// Read back as wanted.
        package var done: Int
        /// Read back, and not as wanted.
        package var failed: Int
        /// The tag was gone before it could be read back.
        package var uncertain: Int
        /// When one was tried last; `nil` before the first.
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

    /// When and where the tag was met.
    package struct Meeting: Codable, Hashable, Sendable {
        /// When it was read, written to or heard.
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
        /// The reader that heard it last; looks and answers begin anew at another one.
        package var reader: String
        /// Whether it lies there now.
        package var there: Bool
        /// Looks at the field while it lay there, and those in which it answered.
        package var looks: Int
        /// Of these looks the ones in which it answered.
        package var answers: Int
        /// On the scale of the reader that told it last; left out where none does.
        package var signal: Int?
        /// The reader that told the signal; left out where none does.
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
        /// As the chip tells; where it does not, as many as were read.
        package var blocks: Int
        /// Bytes in a block, 4 as a rule.
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

    /// 16 hexadecimal digits, beginning with `E0`.
    package var uid: String
    /// Maker of the chip by the UID's second byte: `NXP`; one that is not known by its number, `maker 23`.
    package var maker: String
    /// `ICODE SLIX`; left out unless the tag lies on a pad now and its kind is known.
    package var chip: String?
    /// As read last; left out when the tag carries none.
    package var barcode: String?
    /// The data model's name as read last: `iso28560-3`, `blank`; left out when it was never read.
    package var model: String?
    /// The earliest meeting that is known; left out when there is none.
    package var firstSeen: Meeting?
    /// The latest meeting that is known; left out when there is none.
    package var lastSeen: Meeting?
    /// Days since it was first met: it is at least so old.
    package var ageDays: Int?
    /// Left out when no pad or wand heard it since the service started, or the caller may not see that reader.
    package var hearing: Hearing?
    /// Of its theft bit.
    package var securityWrites: Writes
    /// Of its memory.
    package var memoryWrites: Writes
    /// How often a wrong theft bit was heard on it.
    package var wrongBits: Int
    /// Whether it still says the wrong thing.
    package var wrongNow: Bool
    /// Left out unless the tag lies on a pad now and can be read.
    package var memory: Memory?
    /// What is to be thought of the tag; `reasons` says why.
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
