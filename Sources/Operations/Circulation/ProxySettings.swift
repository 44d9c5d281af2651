package import SIP2

/// A port that a kiosk takes for the library system.
package struct ProxySettings: Sendable {
    /// `kiosk-1`.
    package var name: String
    /// The pad beside the kiosk: its reader's name.
    package var reader: String
    /// For people: the address that kiosks call, `192.168.1.4:6001`.
    package var place: String
    /// In which the library system writes its answers.
    package var encoding: SIP2Encoding
    /// What an answer means for the tags of its item.
    package var rules: CirculationRules
    /// Whether the kiosk's patron is told when an item could not be released. The answer is then held back until the
    /// tags are done, ``patience`` at most, and only such an answer is ever changed.
    package var tellsKiosk: Bool
    /// What the patron reads.
    package var notice: String
    /// How long an answer is held back at most while its tags are changed; it counts only where ``tellsKiosk`` is on.
    package var patience: Duration

    package init(
        name: String,
        reader: String,
        place: String = "",
        encoding: SIP2Encoding = .utf8,
        rules: CirculationRules = CirculationRules(),
        tellsKiosk: Bool = false,
        notice: String = "Security not switched off: please show this item to the staff",
        patience: Duration = .seconds(2)
    ) {
        self.name = name
        self.reader = reader
        self.place = place
        self.encoding = encoding
        self.rules = rules
        self.tellsKiosk = tellsKiosk
        self.notice = notice
        self.patience = patience
    }
}

/// How one proxy stands; counts since the start, of items and never of persons.
package struct ProxyReport: Hashable, Sendable {
    /// As in ``ProxySettings/name``.
    package var name: String
    /// The pad beside the kiosk.
    package var reader: String
    /// Kiosks connected now.
    package var kiosks = 0
    /// Answers to check-outs, check-ins and renewals that passed.
    package var answers = 0
    /// Items whose tags were changed as the answer wanted, and read back.
    package var changed = 0
    /// Items whose tags could not be changed as the answer wanted.
    package var failed = 0
    /// The last of them, with its reason.
    package var lastFailure: String?
    /// Why no kiosk can call it now; `nil` while it has its port.
    package var trouble: String?
    /// What to do about that, where it is known.
    package var hint: String?
    /// Why the library system could not be called for the last kiosk: a certificate that is not trusted, nobody there;
    /// `nil` while it can, or no kiosk has called.
    package var systemTrouble: String?
    /// What to do about that, where it is known.
    package var systemHint: String?
}
