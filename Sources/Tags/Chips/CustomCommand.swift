package import Wire

/// A maker's own command together with the answer that belongs to it.
///
/// The same code protects on one maker's chips and kills on another's, so bytes of such commands are built by these
/// types alone, and only for a tag of the right maker (iso15693 §10.1).
package protocol CustomCommand: Sendable {
    /// What a tag tells that carried the command out.
    associatedtype Answer: Hashable & Sendable

    /// Whose chips know the command; it is sent to no others.
    static var manufacturer: Manufacturer { get }
    /// A0 to DF, as it stands behind the flags.
    static var code: UInt8 { get }
    /// What follows maker's code and UID on air.
    var parameters: [UInt8] { get }
    /// The option flag, in whatever sense this command gives it.
    var option: Bool { get }

    /// Reads what the tag answered behind the response flags.
    static func answer(parsing reader: inout ByteReader) throws(ParseError) -> Answer
}

/// The answer of a command that has nothing to tell.
package struct Acknowledgement: Hashable, Sendable {
    package init() {}
}

/// What a tag said to a maker's command.
package enum CustomAnswer<Answer: Hashable & Sendable>: Hashable, Sendable {
    case answer(Answer)
    case refused(ISO15693.TagError)
}

extension CustomCommand {
    package var parameters: [UInt8] { [] }
    package var option: Bool { false }

    /// The request for the waist; `nil` when the tag is not of this maker.
    package func request(for uid: TagUID) -> ISO15693.Request? {
        guard uid.manufacturer == Self.manufacturer.rawValue else { return nil }
        return .custom(
            ISO15693.CustomRequest(
                manufacturer: Self.manufacturer.rawValue,
                code: Self.code,
                parameters: parameters,
                option: option
            )
        )
    }

    /// Reads the waist's response to ``request(for:)``.
    package static func answer(from response: ISO15693.Response) throws(ParseError) -> CustomAnswer<Answer> {
        switch response {
        case .error(let error):
            return .refused(error)
        case .done:
            return .answer(try whole([]))
        case .data(let bytes):
            return .answer(try whole(bytes))
        case .blocks, .systemInformation, .blockSecurity:
            throw .invalid(field: "response", offset: 0, found: "another command's answer", wanted: "a maker's answer")
        }
    }

    private static func whole(_ bytes: [UInt8]) throws(ParseError) -> Answer {
        var reader = ByteReader(bytes)
        let answer = try answer(parsing: &reader)
        try reader.finish()
        return answer
    }
}

extension CustomCommand where Answer == Acknowledgement {
    package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> Acknowledgement {
        Acknowledgement()
    }
}

/// Answers of which only the length is the tag's to say are given as they came.
extension CustomCommand where Answer == [UInt8] {
    package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> [UInt8] {
        Array(reader.rest())
    }
}
