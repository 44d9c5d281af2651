package import Wire

/// 97: what came could not be used, the system shall send it again. Carries no sequence number (ils §2.2).
package struct ResendToSystem: SIP2Content {
    package static let code = MessageCode.resendToSystem

    package init() {}

    package init(reading reader: inout ContentReader) throws(ParseError) {}

    package func write(to writer: inout ContentWriter) {}

    /// `97AZFEF5`.
    package static let frame = SIP2Frame(body: code.digits, check: .checksum)
}

/// 96: what we sent did not arrive whole, we shall send the same text again.
package struct ResendToTerminal: SIP2Content {
    package static let code = MessageCode.resendToTerminal

    package init() {}

    package init(reading reader: inout ContentReader) throws(ParseError) {}

    package func write(to writer: inout ContentWriter) {}

    /// `96AZFEF6`.
    package static let frame = SIP2Frame(body: code.digits, check: .checksum)
}
