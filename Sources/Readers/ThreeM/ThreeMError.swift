import Tags

/// The error byte that follows the command in every reply (SPEC).
package struct ThreeMError: Hashable, Sendable {
    /// The byte as sent; one without a name here is kept.
    package var code: UInt8

    package init(code: UInt8) {
        self.code = code
    }

    /// 00: all went well.
    package static let none = ThreeMError(code: 0x00)
    /// 02: the pad does not have this command.
    package static let notImplemented = ThreeMError(code: 0x02)
    /// Asked for its EAS bit, a tag whose bit is clear gives this too.
    package static let noTag = ThreeMError(code: 0x06)
    /// 0F: an error without a reason.
    package static let unknown = ThreeMError(code: 0x0F)
    /// 11: the tag has no such block.
    package static let noSuchBlock = ThreeMError(code: 0x11)
    /// 12: the block is locked.
    package static let locked = ThreeMError(code: 0x12)
    /// 15: the block was not read; asking again may help.
    package static let notRead = ThreeMError(code: 0x15)
    /// 16: the block was not written; asking again may help.
    package static let notWritten = ThreeMError(code: 0x16)
    /// 30: the tag does not know this command.
    package static let notSupportedByTag = ThreeMError(code: 0x30)
    /// 31: the tag does not know this command's option.
    package static let optionNotSupported = ThreeMError(code: 0x31)
    /// 32: a field of the request has a value that is not allowed.
    package static let parameter = ThreeMError(code: 0x32)

    /// The tag's own refusal behind it, in the numbers of ISO 15693-3; `nil` when the reader speaks for itself.
    var tagError: ISO15693.TagError? {
        switch self {
        // The number ISO 15693-3 uses for the same; many chips have no other.
        case .unknown: ISO15693.TagError(code: 0x0F)
        case .noSuchBlock: ISO15693.TagError(code: 0x10)
        case .locked: ISO15693.TagError(code: 0x12)
        case .notSupportedByTag: ISO15693.TagError(code: 0x01)
        case .optionNotSupported: ISO15693.TagError(code: 0x03)
        case _ where 0x21...0x23 ~= code: ISO15693.TagError(code: code - 0x20)
        default: nil
        }
    }

    /// Whether asking again may help.
    var isPassing: Bool { [.noTag, .notRead, .notWritten].contains(self) }

    /// In words, lower case.
    package var meaning: String {
        switch code {
        case 0x00: "ok"
        case 0x02: "command not implemented"
        case 0x06: "no tag"
        case 0x0F: "unknown error"
        case 0x11: "memory not available"
        case 0x12: "block locked"
        case 0x15: "not read"
        case 0x16: "not written"
        case 0x21...0x23: "refused by the tag"
        case 0x30: "not supported by the tag"
        case 0x31: "option not supported"
        case 0x32: "wrong parameter"
        case 0xFD: "cancelled"
        case 0xFE: "reader out of memory"
        default: "unknown error"
        }
    }
}
