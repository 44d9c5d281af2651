import Wire

/// What may be seen of a message by anybody: in a log, in a trace on the screen, in a complaint sent to a vendor.
///
/// Values are shown only of fields in a short list of those that never say anything of a patron; all others show their
/// letters and how long they are. A title may tell what somebody reads and a message on the screen may name a person,
/// so neither is in the list. The fixed places of messages about patrons are hidden too. There is no way to put other
/// text into such a line (ils §7.2).
package struct TraceLine: Hashable, Sendable {
    /// Digits, kind, and what may be shown of the places and fields: `94 login answer: 1`.
    package let text: String

    /// Shows the values of the fields in the list, and of all others only how many bytes they have.
    package init(_ message: SIP2Message) {
        let fixed =
            Self.showsFixed(message.code)
            ? Self.visible(message.fixed) : "(\(message.fixed.count) places)"
        let fields = message.fields.map { field in
            let value = Self.shown.contains(field.code) ? Self.visible(field.value) : "(\(field.value.count))"
            return " \(field.code)\(value)"
        }
        text = "\(message.code) \(message.code.name): " + fixed + fields.joined()
    }

    /// A line from the wire; what cannot be understood shows only how long it is.
    package init(_ frame: SIP2Frame) {
        guard let message = try? SIP2Message(frame.body) else {
            text = "(not understood, \(frame.body.count) bytes)"
            return
        }
        let line = TraceLine(message).text
        switch frame.check {
        case .none: text = line
        case .checksum: text = line + " AZ"
        case .sequence(let number): text = line + " AY\(number)"
        }
    }

    /// A line whose checksum is wrong or which is none at all.
    package init(damaged count: Int) {
        text = "(damaged, \(count) bytes)"
    }

    /// Fields of items, places and the system itself.
    private static let shown: Set<FieldCode> = [
        .itemIdentifier, .dueDate, .libraryName, .terminalLocation, .institution, .currentLocation,
        .permanentLocation, .cancel, .feeAcknowledged, .supportedMessages, .owner, .securityInhibit, .mediaType,
        .sortBin, .location, .collection, .callNumber, .destination, .alertType,
    ]

    private static func showsFixed(_ code: MessageCode) -> Bool {
        switch code {
        case .checkin, .checkinResponse, .checkout, .checkoutResponse, .renew, .renewResponse, .itemInformation,
            .itemInformationResponse, .itemStatusUpdate, .itemStatusUpdateResponse, .login, .loginResponse,
            .resendToTerminal, .resendToSystem, .systemStatus, .terminalStatus, .renewAllResponse, .hold,
            .holdResponse:
            true
        case .blockPatron, .patronStatus, .patronStatusResponse, .patronEnable, .patronEnableResponse,
            .endPatronSession, .endSessionResponse, .feePaid, .feePaidResponse, .patronInformation,
            .patronInformationResponse, .renewAll:
            false
        }
    }

    /// Printable ASCII as it is, everything else as a dot: a value cannot move the cursor of a terminal.
    private static func visible(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
    }
}

extension TraceLine: CustomStringConvertible {
    package var description: String { text }
}
