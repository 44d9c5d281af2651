/// The status word of a reply, or the error word of an operation on a tag; 0000 is ok.
package struct RL866Error: Error, Hashable, Sendable {
    /// Two bytes, least significant first on the line; one without a name here is kept.
    package var code: UInt16

    package init(code: UInt16) {
        self.code = code
    }

    /// 0000: all went well.
    package static let none = RL866Error(code: 0x0000)
    /// 0004: the tag did not answer in time and counts as gone.
    package static let timeout = RL866Error(code: 0x0004)
    /// The toggling bit was not the one the reader waited for.
    package static let sequence = RL866Error(code: 0x0104)
    /// 0103: the reader does not have this command.
    package static let command = RL866Error(code: 0x0103)
    /// 0102: the length of the request is wrong.
    package static let length = RL866Error(code: 0x0102)
    /// 0415: no tag is connected under this handle; one that was just connected counts as gone.
    package static let badHandle = RL866Error(code: 0x0415)
    /// 0420: no tag in the field.
    package static let noTag = RL866Error(code: 0x0420)
    /// 0424: another tag answered than the one that was connected, which counts as gone.
    package static let wrongUID = RL866Error(code: 0x0424)
    /// 041B: the tag has no such block.
    package static let block = RL866Error(code: 0x041B)

    /// Whether it means that the tag is not there.
    var isAbsence: Bool { [.timeout, .noTag, .wrongUID, .badHandle].contains(self) }

    /// Whether it tells what went wrong on the way, of which the tag knows nothing: asking again may help.
    var isPassing: Bool { [0x0101, 0x0404, 0x0419].contains(code) }

    /// In words, lower case.
    package var meaning: String {
        switch code {
        case 0x0000: "ok"
        case 0x0004: "tag did not answer in time"
        case 0x0101: "checksum wrong"
        case 0x0102: "length wrong"
        case 0x0103: "command unknown"
        case 0x0104: "sequence wrong"
        case 0x0404, 0x0419: "collision of tags"
        case 0x0415: "handle unknown"
        case 0x041A: "address mode wrong"
        case 0x041B, 0x041C: "block not available"
        case 0x0420: "no tag"
        case 0x0424: "another tag answered"
        default: "unknown error"
        }
    }
}
