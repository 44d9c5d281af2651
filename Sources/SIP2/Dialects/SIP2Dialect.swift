/// What is known of one library system's way of speaking, as settings to begin with and remarks for whoever sets it up.
///
/// Nothing here changes what an answer means: `ok` is looked at first, everywhere (ils §2.4).
package struct SIP2Dialect: Hashable, Sendable {
    /// As written in the configuration: `koha`.
    package var name: String
    /// For a person: `FOLIO (edge-sip2)`.
    package var title: String
    /// What it writes unless it was set up otherwise.
    package var encoding: SIP2Encoding
    /// Whether messages end in a sequence number and a checksum, AY and AZ (ils §2.2).
    package var hasErrorDetection: Bool
    /// CR for all of them; Koha has it as a setting of the account.
    package var lineEnd: SIP2Account.LineEnd
    /// Whether nothing is answered before a login.
    package var wantsLogin: Bool
    /// What its answers are like, one remark each.
    package var notes: [String]

    /// In the order of the alphabet; `other` comes last.
    package static let list: [SIP2Dialect] = [evergreen, folio, koha, symphony, other]

    /// `nil` for a name that is not in ``list``.
    package static func named(_ name: String) -> SIP2Dialect? {
        list.first { $0.name == name }
    }

    /// Koha's own SIP server.
    package static let koha = SIP2Dialect(
        name: "koha",
        title: "Koha",
        encoding: .utf8,
        hasErrorDetection: true,
        lineEnd: .cr,
        wantsLogin: true,
        notes: [
            "the login comes first; encoding and line end are settings of the account in Koha",
            "a refused check-out is always 120NUN, the reason stands in the screen message",
            "the branch of a check-in is field AP; AO does not choose it",
            "desensitize is N for item types and patron categories that are set to in-house use",
            "resensitize follows ok",
            "idle connections are dropped: we notice and log in again",
        ]
    )

    /// Evergreen's SIP server and its mediator.
    package static let evergreen = SIP2Dialect(
        name: "evergreen",
        title: "Evergreen",
        encoding: .utf8,
        hasErrorDetection: true,
        lineEnd: .cr,
        wantsLogin: true,
        notes: [
            "encoding is a setting of the institution, ASCII or UTF-8",
            "resensitize is Y even when the check-in is refused: ok decides",
            "desensitize and resensitize are no for magnetic media; set these items' magnetic flag to no",
            "a renewal answers desensitize N: the item is disarmed already",
            "CI is N in a 12 and 0 in a 10: both mean no",
            "a bar in a value comes as &#124;",
            "both servers hang up after a message they do not know",
            "the mediator answers without sequence numbers and checksums, whatever it is asked with",
        ]
    )

    /// FOLIO's edge-sip2.
    package static let folio = SIP2Dialect(
        name: "folio",
        title: "FOLIO (edge-sip2)",
        encoding: .codePage850,
        hasErrorDetection: false,
        lineEnd: .cr,
        wantsLogin: true,
        notes: [
            "location must be the UUID of a service point",
            "encoding and error detection are settings of the tenant; code page 850 and off unless changed",
            "renewal ok is always N, magnetic always U",
            "desensitize and resensitize follow ok",
            "TLS is offered by edge-sip2 itself",
            "messages 01, 15, 19 and 25 get no answer",
            "an item that it does not know is answered in plain words, which are no message",
        ]
    )

    /// SirsiDynix Symphony; nothing of this was tried against a running system.
    package static let symphony = SIP2Dialect(
        name: "symphony",
        title: "Symphony",
        encoding: .latin1,
        hasErrorDetection: true,
        lineEnd: .cr,
        wantsLogin: true,
        notes: [
            "not tried against a running system: tell us what you see",
            "checksums are of the bytes on the line: a wrong encoding shows as wrong checksums",
        ]
    )

    /// Any other system, as the standard has it.
    package static let other = SIP2Dialect(
        name: "other",
        title: "another system",
        encoding: .codePage850,
        hasErrorDetection: true,
        lineEnd: .cr,
        wantsLogin: false,
        notes: ["the standard's own settings; ask the vendor for encoding, login and error detection"]
    )
}
