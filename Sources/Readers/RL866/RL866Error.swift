/// The status word of a reply, or the error word of an operation on a tag; 0000 is ok.
package struct RL866Error: Error, Hashable, Sendable {
    package var code: UInt16

    package init(code: UInt16) {
        self.code = code
    }

    package static let none = RL866Error(code: 0x0000)
    package static let timeout = RL866Error(code: 0x0004)
    /// The toggling bit was not the one the reader waited for.
    package static let sequence = RL866Error(code: 0x0104)
    package static let command = RL866Error(code: 0x0103)
    package static let length = RL866Error(code: 0x0102)
    package static let badHandle = RL866Error(code: 0x0415)
    package static let noTag = RL866Error(code: 0x0420)
    package static let wrongUID = RL866Error(code: 0x0424)
    package static let block = RL866Error(code: 0x041B)

    /// Whether it means that the tag is not there.
    var isAbsence: Bool { [.timeout, .noTag, .wrongUID, .badHandle].contains(self) }

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
