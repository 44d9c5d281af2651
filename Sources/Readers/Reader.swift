package import Tags

/// An opened reader, owned by exactly one loop: nobody else can speak on its line.
///
/// A driver maps each typed request to its device's own command. What a device cannot do is refused as
/// ``ReaderError/unsupported(_:)``. The reader closes its link when it is let go.
package protocol Reader: ~Copyable, Sendable {
    /// What the device said of itself when it was opened.
    var information: ReaderInformation { get }

    /// Every tag in the field that answers to `afi` (`nil`: whatever its AFI), each once.
    mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory

    /// Sends one command to one tag, addressed, and returns what the tag answered; a tag's own refusal is a value.
    ///
    /// Throws ``ReaderError/tagLost(_:)`` when the tag does not answer.
    mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response

    /// Asks the device whether it is still there, in the cheapest way it knows.
    mutating func ping() async throws(ReaderError)

    /// Switches the radio field off for a moment, so that all tags start afresh.
    mutating func resetField() async throws(ReaderError)

    // What follows only some devices can do; by itself it refuses as unsupported and names the reader.

    /// Switches a lamp, buzzer or contact for `time`, in steps of 100 ms; `.zero` means until told otherwise.
    mutating func switchOutput(
        _ output: ReaderOutput,
        _ signal: ReaderSignal,
        for time: Duration
    ) async throws(ReaderError)

    /// The digital inputs as they stand.
    mutating func readInputs() async throws(ReaderError) -> ReaderInputs

    /// What a reader that scans by itself has noted; it keeps it until ``clearBuffer()``.
    mutating func readBuffer() async throws(ReaderError) -> BufferedTags

    /// Lets the reader forget what ``readBuffer()`` gave last: called when that is safe.
    mutating func clearBuffer() async throws(ReaderError)

    /// How many people walked through since the counters were set back, by lane.
    mutating func readPeopleCount() async throws(ReaderError) -> PeopleCount

    /// Whether any tag in the field answers to this AFI, asked in one slot: quicker than an inventory, and nameless.
    mutating func senses(afi: UInt8) async throws(ReaderError) -> Bool

    /// Whether any chip of this maker in the field has its EAS bit set; nameless.
    mutating func sensesEAS(of manufacturer: UInt8) async throws(ReaderError) -> Bool

    /// Sets all counters of people to 0.
    mutating func resetPeopleCount() async throws(ReaderError)
}

/// What a device said of itself.
package struct ReaderInformation: Hashable, Sendable {
    /// The model by name, `ID ISC.MR102`, or the number it gave when the model is not known.
    package var model: String
    /// As the device or its maker spells it, `3.03`; `not told` where the device has no way to say.
    package var firmware: String
    /// What it can do beyond inventory and typed exchange, as far as the driver knows.
    package var abilities: Set<ReaderAbility>

    package init(model: String, firmware: String, abilities: Set<ReaderAbility>) {
        self.model = model
        self.firmware = firmware
        self.abilities = abilities
    }
}

/// What a reader may be able to do beyond inventory and typed exchange.
package enum ReaderAbility: String, Hashable, Sendable, CaseIterable {
    /// The inventory can be limited to one AFI on air.
    case inventoryByAFI
    case writeAFI, writeDSFID, eas, custom
    /// More than one block per request.
    case multipleBlocks
    case outputs, inputs
    /// Scans by itself and keeps what it finds until it is asked.
    case buffer
    /// Counts the people that walk through.
    case peopleCount
    /// Can ask in one slot whether anybody answers to an AFI.
    case oneSlotPoll
    /// Can ask all chips of a maker at once whether their EAS bit is set.
    case easPoll
}

/// The tags found in one look at the field.
package struct Inventory: Hashable, Sendable {
    /// Each tag once; empty when nobody answered.
    package var tags: [DetectedTag]
    /// Whether the device said it could not deliver all of them.
    package var incomplete: Bool
    /// What the device warned of, such as a detuned antenna.
    package var warnings: [String]
    /// Whether a device that talks unasked said nothing at all, not even that it is alive.
    package var isSilent: Bool

    package init(tags: [DetectedTag], incomplete: Bool = false, warnings: [String] = [], isSilent: Bool = false) {
        self.tags = tags
        self.incomplete = incomplete
        self.warnings = warnings
        self.isSilent = isSilent
    }
}

/// A tag heard in the field.
package struct DetectedTag: Hashable, Sendable {
    /// In the usual order, `E0` first, whatever order the device has on its line.
    package var uid: TagUID
    /// Data storage format identifier; `nil` when the device does not tell it in an inventory.
    package var dsfid: UInt8?
    /// Antenna number, counted from 1, when the device tells it.
    package var antenna: Int?
    /// Signal strength as the device counts it, when it tells it.
    package var signal: Int?

    package init(uid: TagUID, dsfid: UInt8? = nil, antenna: Int? = nil, signal: Int? = nil) {
        self.uid = uid
        self.dsfid = dsfid
        self.antenna = antenna
        self.signal = signal
    }
}
