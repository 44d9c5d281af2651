/// Reads and changes the site's settings; what stands behind it is the program's affair.
package struct SettingsDesk: Sendable {
    package var read: @Sendable () async throws -> SettingsReport
    /// What an order would change; changes nothing. Throws ``SettingsRefusal``.
    package var preview: @Sendable (SettingsOrder) async throws -> SettingsForecast
    /// Carries an order out and says what it changed. Throws ``SettingsRefusal``.
    package var change: @Sendable (SettingsOrder) async throws -> SettingsForecast

    package init(
        read: @escaping @Sendable () async throws -> SettingsReport,
        preview: @escaping @Sendable (SettingsOrder) async throws -> SettingsForecast,
        change: @escaping @Sendable (SettingsOrder) async throws -> SettingsForecast
    ) {
        self.read = read
        self.preview = preview
        self.change = change
    }
}

/// What somebody wants to be different.
package struct SettingsOrder: Hashable, Sendable {
    package struct Change: Hashable, Sendable {
        package var key: String
        /// `nil` goes back to what the administrator's file says.
        package var value: SiteValue?

        package init(key: String, value: SiteValue?) {
            self.key = key
            self.value = value
        }
    }

    /// A reader that was found and is to be kept from now on.
    package struct NewReader: Hashable, Sendable {
        package enum Line: String, Hashable, Sendable, CaseIterable {
            case serial, tcp, usb
        }

        package var name: String
        package var role: String
        package var driver: String
        package var line: Line
        /// `/dev/ttyUSB1`, `192.168.10.12:10001`, `auto`.
        package var address: String

        package init(name: String, role: String, driver: String, line: Line, address: String) {
            self.name = name
            self.role = role
            self.driver = driver
            self.line = line
            self.address = address
        }
    }

    package var changes: [Change]
    package var readers: [NewReader]
    /// The state that the order was made from; another one in the meantime refuses it. `nil` takes any.
    package var version: String?
    /// Said a second time, where gates would fall silent.
    package var isConfirmed: Bool

    package init(
        changes: [Change],
        readers: [NewReader] = [],
        version: String? = nil,
        isConfirmed: Bool = false
    ) {
        self.changes = changes
        self.readers = readers
        self.version = version
        self.isConfirmed = isConfirmed
    }
}

/// What an order changes.
package struct SettingsForecast: Hashable, Sendable {
    package struct Change: Hashable, Sendable {
        package var key: String
        package var kind: SiteSetting.Kind
        package var before: SiteValue?
        package var after: SiteValue?
        package var effect: SiteSetting.Effect

        package init(
            key: String,
            kind: SiteSetting.Kind,
            before: SiteValue?,
            after: SiteValue?,
            effect: SiteSetting.Effect
        ) {
            self.key = key
            self.kind = kind
            self.before = before
            self.after = after
            self.effect = effect
        }
    }

    /// What the tags that the service has read are taken for.
    package struct Tags: Hashable, Sendable {
        package var armed = 0
        package var released = 0
        /// Ours, with a value that means neither: left alone everywhere.
        package var other = 0
        /// Of other owners.
        package var foreign = 0

        package init() {}
    }

    package var changes: [Change]
    package var before = Tags()
    package var after = Tags()
    /// What to know before it is done.
    package var notes: [String] = []
    /// Why no gate would sound any more; `nil` where some would.
    package var silence: String?

    package init(changes: [Change]) {
        self.changes = changes
    }
}

/// Why settings are not changed.
package enum SettingsRefusal: Error, Hashable, Sendable {
    case unknown(key: String)
    /// It stands in the administrator's file alone.
    case fixed(key: String, why: String)
    /// The settings as they would be have mistakes.
    case mistakes([String])
    /// No gate would sound, and nobody has said that this is wanted.
    case silence(String)
    /// Somebody else has changed them since they were read.
    case outdated
    case notWritten(path: String, cause: String)
}

extension SettingsRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let key): "\(key.prefix(100)): found no such setting"
        case .fixed(let key, let why): "\(key.prefix(100)): \(why)"
        case .mistakes(let list): list.joined(separator: "; ")
        case .silence(let why): why
        case .outdated: "the settings are other ones by now than those that were read"
        case .notWritten(let path, let cause): "\(path): cannot be written: \(cause)"
        }
    }

    package var hint: String {
        switch self {
        case .unknown: "pressmark settings show lists them all"
        case .fixed: "whoever administers the machine changes it in the configuration file"
        case .mistakes: "nothing was changed; docs/guide/administrator.md says what each setting may be"
        case .silence: "say it a second time with --confirm-silence if that is wanted; nothing was changed"
        case .outdated: "read them again, and change what is still to be changed"
        case .notWritten: "the state folder must belong to the daemon's user, and have room: df -h"
        }
    }
}
