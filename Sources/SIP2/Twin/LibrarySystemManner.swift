/// How a kind of library system answers (ils §2.4).
package struct LibrarySystemManner: Hashable, Sendable {
    /// What a message does that the system does not know.
    package enum Unknown: Hashable, Sendable {
        case asksAgain, hangsUp, saysNothing
    }

    /// Nothing but a login is answered before a login.
    package var wantsLogin: Bool
    /// What happens after a message that it does not know or support.
    package var unknown: Unknown
    /// Messages that are treated like unknown ones.
    package var unsupported: Set<MessageCode>
    /// The security bit is asked for even when a return is refused.
    package var resensitizesOnRefusal: Bool
    /// What stands in the third place of a 10, a 12 that was granted and a 30.
    package var magnetic: Ternary
    /// What stands in the third place of a refused check-out.
    package var magneticOfRefusal: Ternary
    /// Whether a renewal that was granted is told as one; FOLIO always writes N.
    package var tellsRenewal: Bool
    /// How field CI is written in a 12 about an item that may leave the house, `Y` for one that may not; `nil` when it
    /// is not sent.
    package var inhibitOnLoan: String?
    /// How field CI is written in a 10, whatever the item, since a return arms; `nil` when it is not sent.
    package var inhibitOnReturn: String?
    /// Letters of its own beyond the standard.
    package var extensions: [SIP2Field]
    /// Whether an answer has number and checksum where its request has them.
    package var answersInKind = true
    /// What stands in place of an 18 about an item that it does not know; `nil` for a message as ever.
    package var wordsOnUnknownItem: String?

    /// Koha's own SIP server.
    package static let koha = LibrarySystemManner(
        wantsLogin: true,
        unknown: .asksAgain,
        unsupported: [],
        resensitizesOnRefusal: false,
        magnetic: .unknown,
        magneticOfRefusal: .unknown,
        tellsRenewal: true,
        inhibitOnLoan: nil,
        inhibitOnReturn: nil,
        extensions: []
    )

    /// Evergreen's SIP2Mediator, without 19, 25, 35 and 97, on which it hangs up as on all that it does not know; it
    /// takes sequence numbers for a field of the request and answers without.
    package static let evergreen = LibrarySystemManner(
        wantsLogin: true,
        unknown: .hangsUp,
        unsupported: [.itemStatusUpdate, .patronEnable, .endPatronSession, .resendToSystem],
        resensitizesOnRefusal: true,
        magnetic: .no,
        magneticOfRefusal: .no,
        tellsRenewal: true,
        inhibitOnLoan: "N",
        inhibitOnReturn: "0",
        extensions: [],
        answersInKind: false
    )

    /// Evergreen's first server, SIPServer (ils §2.3): without 19 and 37 by its own 98; hangs up on what it does not
    /// know; sends XI.
    package static let evergreenSIPServer = LibrarySystemManner(
        wantsLogin: true,
        unknown: .hangsUp,
        unsupported: [.itemStatusUpdate, .feePaid],
        resensitizesOnRefusal: true,
        magnetic: .no,
        magneticOfRefusal: .no,
        tellsRenewal: true,
        inhibitOnLoan: nil,
        inhibitOnReturn: nil,
        extensions: [SIP2Field(FieldCode(0x58, 0x49), Array("7".utf8))]
    )

    /// FOLIO's edge-sip2, without 01, 15, 19 and 25, to which it says nothing.
    package static let folio = LibrarySystemManner(
        wantsLogin: true,
        unknown: .saysNothing,
        unsupported: [.blockPatron, .hold, .itemStatusUpdate, .patronEnable],
        resensitizesOnRefusal: false,
        magnetic: .unknown,
        magneticOfRefusal: .unknown,
        tellsRenewal: false,
        inhibitOnLoan: nil,
        inhibitOnReturn: nil,
        extensions: [],
        wordsOnUnknownItem: "Item does not exists."
    )

    /// As the standard has it; nothing is known of the vendor's own ways.
    package static let plain = LibrarySystemManner(
        wantsLogin: false,
        unknown: .asksAgain,
        unsupported: [],
        resensitizesOnRefusal: false,
        magnetic: .no,
        magneticOfRefusal: .no,
        tellsRenewal: true,
        inhibitOnLoan: nil,
        inhibitOnReturn: nil,
        extensions: []
    )

    /// By the dialect's name; ``plain`` for one whose ways are not known.
    package static func of(_ dialect: SIP2Dialect) -> LibrarySystemManner {
        switch dialect.name {
        case "koha": koha
        case "evergreen": evergreen
        case "folio": folio
        default: plain
        }
    }
}
