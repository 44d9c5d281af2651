package import Tags

/// One reader heard one tag at one moment: the raw fact that sweeps are made of. Never changed once written; taken out
/// only where its tag turns out to be a patron card.
///
/// Reader, UID and moment together name a sighting: the same three uploaded twice are one sighting.
package struct Sighting: Hashable, Sendable {
    /// The tag's number, or a stand-in where only the barcode was seen: ``TagUID/isBarcodeAlone``.
    package var uid: TagUID
    /// The item's barcode, when the tag was read then or before.
    package var barcode: String?
    /// The reader's name in the configuration: `wand-1`.
    package var reader: String
    /// When it was heard, to the millisecond.
    package var at: Moment
    /// Which walk along the shelf, counted from 1.
    package var pass: Int
    /// Application family identifier, when it was read.
    package var afi: UInt8?
    /// Antenna number, counted from 1, when the reader tells it.
    package var antenna: Int?
    /// Signal strength as the reader counts it, when it tells it.
    package var signal: Int?

    package init(
        uid: TagUID,
        barcode: String? = nil,
        reader: String,
        at: Moment,
        pass: Int = 1,
        afi: UInt8? = nil,
        antenna: Int? = nil,
        signal: Int? = nil
    ) {
        self.uid = uid
        self.barcode = barcode
        self.reader = reader
        self.at = at
        self.pass = pass
        self.afi = afi
        self.antenna = antenna
        self.signal = signal
    }
}
