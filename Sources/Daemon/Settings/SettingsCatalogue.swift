import Library
import Operations
import Tags

/// What is said of a setting beside its value.
struct SettingDescription: Sendable {
    /// As in the file, with a dot between table and key.
    var key: String
    var kind: SiteSetting.Kind
    /// The value where the file says nothing; `nil` where there is none.
    var standard: SiteValue?
    /// Whether it may be changed on the page.
    var isChangeable = false
    /// Whether only an admin may see it.
    var isForAdmins = true
    var words: [String] = []

    static func text(_ key: String, _ standard: String? = nil) -> SettingDescription {
        SettingDescription(key: key, kind: .text, standard: standard.map { .text($0) })
    }

    static func texts(_ key: String) -> SettingDescription {
        SettingDescription(key: key, kind: .texts, standard: .texts([]))
    }

    static func number(_ key: String, _ standard: Int? = nil) -> SettingDescription {
        SettingDescription(key: key, kind: .number, standard: standard.map { .number($0) })
    }

    static func numbers(_ key: String) -> SettingDescription {
        SettingDescription(key: key, kind: .numbers, standard: .numbers([]))
    }

    static func byte(_ key: String, _ standard: Int) -> SettingDescription {
        SettingDescription(key: key, kind: .byte, standard: .number(standard))
    }

    static func bytes(_ key: String) -> SettingDescription {
        SettingDescription(key: key, kind: .bytes, standard: .numbers([]))
    }

    static func truth(_ key: String, _ standard: Bool? = nil) -> SettingDescription {
        SettingDescription(key: key, kind: .truth, standard: standard.map { .truth($0) })
    }

    static func word(_ key: String, _ words: [String], _ standard: String? = nil) -> SettingDescription {
        SettingDescription(key: key, kind: .word, standard: standard.map { .text($0) }, words: words)
    }

    static func words(_ key: String, _ words: [String], _ standard: [String]?) -> SettingDescription {
        SettingDescription(key: key, kind: .words, standard: standard.map { .texts($0) }, words: words)
    }

    /// May be changed on the page, and seen by all staff.
    var open: SettingDescription {
        var description = self
        (description.isChangeable, description.isForAdmins) = (true, false)
        return description
    }

    /// May be seen by all staff.
    var seen: SettingDescription {
        var description = self
        description.isForAdmins = false
        return description
    }
}

/// Every single setting of the configuration file, in its order; a test says when one is missing or has another
/// default.
///
/// Closed lists of tables, such as `[[notice]]`, are shown as they stand in the file.
enum SettingsCatalogue {
    static func description(of key: String) -> SettingDescription? { byKey[key] }

    private static let byKey = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// Tables that need not be there, and whose settings mean nothing without them.
    static let optionalTables = ["http.lan", "ils", "ils.tls"]

    /// Lists of tables that are shown as they stand, with what names each.
    static let lists = [
        "shelf-order.prefix": "word", "security.rule": "tags", "shelf": "barcode", "siren": "gate", "output": "name",
        "input": "name", "pattern": "signal", "proxy": "name", "pull": "name", "write-back": "name",
        "dialect": "name", "notice": "name",
    ]

    /// Never shown: whoever knows a hook's address can write there.
    static let hidden = ["notice.url"]

    static let all: [SettingDescription] = site + severities + tags + service + gate + librarySystem

    private static let site: [SettingDescription] = [
        .text("library.name", "Library").open,
        .texts("library.isil").open,
        .word("library.scheme", CallNumberScheme.allCases.map(\.rawValue), "lcc").open,
        .number("library.snapshots", 3).open,
        .number("library.shrink", 10).open,
        .texts("barcodes.prefixes").open,
        .numbers("barcodes.lengths").open,
        .word("barcodes.check-digit", CheckDigit.allCases.map(\.rawValue)).open,
        .byte("security.armed", 0x07).open,
        .byte("security.released", 0xC2).open,
        .bytes("security.also-armed").open,
        .bytes("security.also-released").open,
        .word("security.mechanism", SecurityMechanism.allCases.map(\.rawValue), "afi").open,
        .words("security.repair", SecurityDevice.allCases.map(\.rawValue), ["pad"]).open,
        .word("security.unfinished", UnfinishedRule.allCases.map(\.rawValue), "finish").open,
        .number("security.fresh-minutes", 15).open,
        .truth("security.tags-without-owner", true).open,
        .text("security.password-file"),
        .number("sweep.passes", 1).open,
        .number("sweep.certainty", 80).open,
        .number("sweep.reach", 10).open,
        .word("shelf-order.work-mark", ShelfOrderRules.WorkMarkPlace.allCases.map(\.rawValue), "after second cutter")
            .open,
        .truth("shelf-order.ignore-cutter-x", false).open,
        .truth("shelf-order.roman-volumes", true).open,
        .truth("shelf-order.thematic-numbers-whole", true).open,
        .truth("shelf-order.sudoc-letters-first", true).open,
        .truth("shelf-order.local-letters-first", false).open,
        .word("shelf-order.alphabet", FilingAlphabet.allCases.map(\.rawValue), "accents ignored").open,
        .truth("shelf-order.trust-ils-key", false).open,
        .words("shelf-order.parts", CallNumberPart.allCases.map(\.rawValue), nil).open,
    ]

    private static let severities = FindingKind.allCases.map { kind in
        SettingDescription.word("sweep.severity.\(kind.rawValue)", Severity.allCases.map(\.rawValue)).seen
    }

    private static let elements = DataElement.allCases
        .filter { ![.uniqueItemIdentifier, .contentParameter].contains($0) }.map(\.name)

    private static let tags: [SettingDescription] = [
        .word("tags.model", SiteProfile.Target.allCases.map(\.rawValue), "iso28560-2").open,
        .words("tags.elements", elements, ["ownerInstitution", "setInformation", "typeOfUsage"]).open,
        // What is locked is locked for ever: no page changes which elements that are.
        .words("tags.lock", elements, []).seen,
        .word("tags.long-fields", ["refuse", "library block"], "refuse").open,
        .word("tags.wrong-checksum", ["refuse", "convert"], "refuse").open,
        .word("tags.reversed-blocks", ["keep", "turn", "off"], "keep").open,
        .word("tags.directory", ReadingRules.Directory.allCases.map(\.rawValue), "elements").open,
        .byte("tags.pad-byte", 0).open,
        .word("tags.text", ["iso 8859-1", "utf-8"], "iso 8859-1").open,
        .word("tags.title", ["shortest", "utf-8"], "shortest").open,
        .word("tags.codes", ["application-defined", "octets"], "application-defined").open,
        .word("tags.order", ["by number", "as found"], "by number").open,
        .number("tags.content-parameter-reserve", 0).open,
    ]

    private static let roles = ["nobody", "viewer", "technician", "desk", "kiosk", "admin"]

    private static let service: [SettingDescription] = [
        .text("state", "/var/lib/pressmark"),
        .text("http.address", "127.0.0.1"),
        .number("http.port", 7878),
        .texts("http.hosts"),
        .word("http.loopback", roles, "admin"),
        .text("http.socket"),
        .word("http.socket-group", roles, "technician"),
        .text("http.lan.address", "0.0.0.0"),
        .number("http.lan.port", 7879),
        .text("http.lan.certificate"),
        .text("http.lan.key"),
        .texts("discovery.serial"),
        .texts("discovery.tcp"),
        .truth("discovery.automatic", false).seen,
        .word("discovery.automatic-role", ["pad", "wand"], "pad").seen,
    ]

    private static let gate: [SettingDescription] = [
        .text("gate.rules"),
        .text("gate.silence-confirmed-by"),
        .number("gate.keep-days", 30).seen,
        .text("gate.closing-time").seen,
        .text("gate.self-test", "06:00").seen,
        .text("gate.soft-hours").seen,
        .text("gate.quiet-hours").seen,
    ]

    /// What is left out is as the named system usually has it.
    private static let librarySystem: [SettingDescription] = [
        .word("ils.system", ["evergreen", "folio", "koha", "symphony", "other"]).seen,
        .text("ils.address"),
        .text("ils.user"),
        .text("ils.password-file"),
        .text("ils.terminal-password-file"),
        .text("ils.location"),
        .text("ils.institution"),
        .text("ils.branch"),
        .word("ils.encoding", ["utf-8", "iso-8859-1", "cp850"]),
        .truth("ils.error-detection"),
        .word("ils.line-end", ["cr", "crlf", "lf"]),
        .number("ils.timeout", 10),
        .number("ils.retries", 2),
        .number("ils.patience", 30),
        .number("ils.connections", 2),
        .number("ils.ping", 30),
        .truth("ils.release-when-unsaid", false).seen,
        .truth("ils.secure-what-was-not-lent", true).seen,
        .truth("ils.renew", true).seen,
        .truth("ils.offline-returns", true).seen,
        .truth("ils.utc", false),
        .truth("ils.kiosk-password", false),
        .truth("ils.tls", false),
        .text("ils.tls.authority"),
        .text("ils.tls.fingerprint"),
        .text("ils.tls.name"),
        .text("ils.tls.certificate"),
        .text("ils.tls.key"),
    ]

    /// Of each `[[reader]]`.
    static let reader: [SettingDescription] = [
        .text("name").open,
        .word("role", StationRole.allCases.map(\.rawValue)).open,
        .text("driver").seen,
        .text("serial"),
        .text("tcp"),
        .text("usb"),
        .word("usb-transfers", ["endpoints", "control"], "endpoints"),
        .text("listen"),
        .texts("from"),
        .number("baud"),
        .word("parity", ["none", "even", "odd"]),
        .number("interval").open,
        .truth("buffered", false).seen,
        SettingDescription(key: "reports-afi", kind: .byte).seen,
        .number("milliwatts").open,
        .truth("people-counter", true).seen,
        .number("most-silence").seen,
        .text("commands"),
        .truth("tls", false),
        .text("tls-authority"),
        .text("tls-fingerprint"),
        .text("tls-name"),
        .text("tls-certificate"),
        .text("tls-key"),
    ]
}
