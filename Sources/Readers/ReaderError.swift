package import Tags
package import Wire

/// Why a reader could not do what it was asked.
package enum ReaderError: Error, Hashable, Sendable {
    /// The line to the device failed.
    case link(LinkError)
    /// The device sent something that is not its protocol.
    case malformed(ParseError)
    /// The device is silent.
    case noReply(command: String)
    /// The device refused, in its own code.
    case refused(code: UInt8, meaning: String)
    /// The tag did not answer: gone, or too weak. After a write its state is unknown.
    case tagLost(TagUID)
    /// The device cannot do this at all.
    case unsupported(String)
}

extension ReaderError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .link(let error): "link: \(error)"
        case .malformed(let error): "reply: \(error)"
        case .noReply(let command): "\(command): no reply from the reader"
        case .refused(let code, let meaning): "reader refused: \(meaning) (status \(Hex.string(code)))"
        case .tagLost(let uid): "tag \(uid): no answer, it left the field or is too weak"
        case .unsupported(let what): "\(what): not supported by this reader"
        }
    }
}

extension ReaderError {
    /// What somebody can do about a device that refused; `nil` where its words say all there is. The code is the device's
    /// own: only with its words does it say which family's.
    package var deviceHint: String? {
        guard case .refused(let code, let meaning) = self else { return nil }
        let status = FEIGStatus(code: code)
        return status.meaning == meaning ? status.hint : nil
    }
}

extension ByteParsable {
    /// Reads the whole of a device's reply; what cannot be read is told as ``ReaderError/malformed(_:)``.
    init(reply data: [UInt8]) throws(ReaderError) {
        do throws(ParseError) {
            try self.init(data)
        } catch {
            throw .malformed(error)
        }
    }
}
