/// The status byte of a reader's reply (M-CPR, M-MR101, M-LR200).
package struct FEIGStatus: Hashable, Sendable {
    /// The byte as sent; one without a name here is kept.
    package var code: UInt8

    package init(code: UInt8) {
        self.code = code
    }

    /// 00: done.
    package static let ok = FEIGStatus(code: 0x00)
    /// No tag answered; for the EAS alarm also: the bit is clear.
    package static let noTag = FEIGStatus(code: 0x01)
    /// 02: the tag's answer was damaged on air; asking again may help.
    package static let tagDataFalse = FEIGStatus(code: 0x02)
    /// The data names the block that could not be written or locked.
    package static let writeError = FEIGStatus(code: 0x03)
    /// 04: the tag has no such block, or the reader no such configuration.
    package static let addressError = FEIGStatus(code: 0x04)
    /// 05: this command is not for tags of this kind.
    package static let wrongTagType = FEIGStatus(code: 0x05)
    /// 0B: several tags answered at once; asking again may help.
    package static let collision = FEIGStatus(code: 0x0B)
    /// 0E: the reader gives no reason; asking again may help.
    package static let generalError = FEIGStatus(code: 0x0E)
    /// 11: a parameter has a value that is not allowed.
    package static let parameterOutOfRange = FEIGStatus(code: 0x11)
    /// 80: the reader does not have this command; an older form of it may be there, as 71 for 72.
    package static let unknownCommand = FEIGStatus(code: 0x80)
    /// Also: the request is longer than the reader's receive buffer.
    package static let lengthError = FEIGStatus(code: 0x81)
    /// The reader works on its own, in scan, buffered read or notification mode.
    package static let notAvailable = FEIGStatus(code: 0x82)
    /// Radio trouble; data may follow and is valid.
    package static let radioError = FEIGStatus(code: 0x83)
    /// Antenna detuned or noise; gates attach it to every reply while it lasts. Data is valid.
    package static let radioWarning = FEIGStatus(code: 0x84)
    /// The buffer is empty.
    package static let noData = FEIGStatus(code: 0x92)
    /// More tags than the reader's buffer holds; data is valid.
    package static let overflow = FEIGStatus(code: 0x93)
    /// The rest has to be fetched.
    package static let moreData = FEIGStatus(code: 0x94)
    /// The tag refused; its own error code follows.
    package static let tagError = FEIGStatus(code: 0x95)
    /// F1: trouble in the reader's hardware; the answer counts all the same.
    package static let hardwareWarning = FEIGStatus(code: 0xF1)
}

extension FEIGStatus {
    /// Whether the reply's data is the answer asked for (SIEMENS; M-MR101 leaves out 84, which gates send with data).
    package var carriesAnswer: Bool {
        switch self {
        case .ok, .radioError, .radioWarning, .overflow, .moreData, .hardwareWarning: true
        default: false
        }
    }

    /// Whether asking again may help.
    package var isPassing: Bool {
        switch self {
        case .tagDataFalse, .writeError, .collision, .generalError, .radioError: true
        default: false
        }
    }

    /// What a technician should know although the answer is valid; `nil` when there is nothing to say.
    package var warning: String? {
        switch self {
        case .radioError, .radioWarning, .overflow, .hardwareWarning: meaning
        default: nil
        }
    }

    /// What somebody can do about a reader that answers with it; `nil` where the meaning says all there is.
    package var hint: String? {
        switch code {
        case 0x10: "switch the reader off and on; if it says so again, write its configuration with its maker's tool"
        case 0x13, 0x14: "take the reader's password off with its maker's tool: nobody logs in here"
        case 0x17: "activate the reader's firmware with its maker's tool"
        case 0x82:
            "the reader scans by itself: say buffered = true of it, or switch it to host mode with its maker's tool"
        default: nil
        }
    }

    /// In words, lower case.
    package var meaning: String {
        switch code {
        case 0x00: "ok"
        case 0x01: "no tag"
        case 0x02: "tag data false, checksum wrong on air"
        case 0x03: "write error"
        case 0x04: "address outside the tag or the configuration"
        case 0x05: "wrong tag type for this command"
        case 0x08: "authentication error"
        case 0x0B: "collision of tags"
        case 0x0E: "general error"
        case 0x10: "configuration memory damaged"
        case 0x11: "parameter out of range"
        case 0x13: "login needed"
        case 0x14: "login failed"
        case 0x15: "read protected"
        case 0x16: "write protected"
        case 0x17: "firmware must be activated first"
        case 0x31...0x37: "security module error"
        case 0x80: "command unknown to this reader"
        case 0x81: "length or protocol error"
        case 0x82: "command not available in the reader's present mode"
        case 0x83: "radio communication error"
        case 0x84: "radio warning, antenna detuned or noise"
        case 0x85: "EPC error"
        case 0x92: "no valid data"
        case 0x93: "more tags than the reader's buffer holds"
        case 0x94: "more data to fetch"
        case 0x95: "refused by the tag"
        case 0x96: "ISO 14443 error"
        case 0x97: "crypto error"
        case 0xF1: "hardware warning"
        default: "unknown status"
        }
    }
}
