/// What a tag's AFI says to a gate (ISO 28560-1 annex; values of ISO/IEC 15961-2 registration).
enum AFIMeaning: String, Encodable {
    /// 07: in stock, gates sound.
    case armed
    /// C2: the library family, gates are silent.
    case disarmed
    /// A value of another trade, or of a library that uses others.
    case otherValue = "other value"
    /// 00, or a chip that has no AFI.
    case notStated = "not stated"

    init(afi: UInt8?) {
        self =
            switch afi {
            case nil, 0x00: .notStated
            case 0x07: .armed
            case 0xC2: .disarmed
            default: .otherValue
            }
    }
}
