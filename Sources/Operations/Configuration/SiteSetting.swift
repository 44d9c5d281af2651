/// A value of a setting, of the kinds that a configuration file has.
package enum SiteValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case truth(Bool)
    case texts([String])
    case numbers([Int])
}

/// One setting of the site: its value, where that comes from, and what becomes of a change.
package struct SiteSetting: Hashable, Sendable {
    /// What kind of value it takes.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case text, number, truth, texts, numbers
        /// A number from 0 to 255 that is written in hexadecimal.
        case byte, bytes
        /// One of ``words``, or some of them.
        case word
        case words
    }

    /// Where a value comes from; a later case goes before an earlier one.
    package enum Origin: String, Hashable, Sendable, CaseIterable {
        /// Nobody has said anything: what suits most.
        case standard = "default"
        /// The administrator's file.
        case file
        /// Changed on the page or by the command line, which goes before the file.
        case page
        /// Said when the daemon was started, which goes before everything.
        case start
    }

    /// When a change of it counts.
    package enum Effect: String, Hashable, Sendable, CaseIterable {
        case atOnce = "at once"
        case restart = "after a restart"
    }

    /// As in the file, with dots between: `security.armed`, `reader.pad-1.role`.
    package var key: String
    /// What kind of value it takes.
    package var kind: Kind
    /// In force; `nil` where there is none, or where it is not shown.
    package var value: SiteValue?
    /// What takes its place at the next start; `nil` where nothing waits, or where then there is none.
    package var next: SiteValue?
    /// Whether another value takes effect at the next start.
    package var isWaiting = false
    /// Where ``value`` comes from.
    package var origin: Origin
    /// What becomes of a change.
    package var effect: Effect
    /// Whether it can be changed on the page; the others stand in the administrator's file alone.
    package var isChangeable = false
    /// Whether it holds something that is never shown.
    package var isHidden = false
    /// Whether only an admin may see it: paths, addresses, names of people.
    package var isForAdmins = false
    /// The words it may have; empty where any will do.
    package var words: [String] = []

    package init(key: String, kind: Kind, value: SiteValue? = nil, origin: Origin, effect: Effect) {
        self.key = key
        self.kind = kind
        self.value = value
        self.origin = origin
        self.effect = effect
    }
}

/// Every setting, and how the files stand that they come from.
package struct SettingsReport: Hashable, Sendable {
    /// The administrator's file; `nil` in a simulated branch.
    package var file: String?
    /// Where changes made on the page are kept.
    package var changesFile: String
    /// In the order of the documentation.
    package var settings: [SiteSetting]
    /// Tells one state of the settings from every other.
    package var version: String

    package init(file: String?, changesFile: String, settings: [SiteSetting], version: String) {
        self.file = file
        self.changesFile = changesFile
        self.settings = settings
        self.version = version
    }
}
