/// Reads and changes the site's settings; what stands behind it is the program's affair.
package struct SettingsDesk: Sendable {
    /// Every setting as it stands, with what waits for a restart.
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
    /// One setting and the value it shall have.
    package struct Change: Hashable, Sendable {
        /// As in ``SiteSetting/key``; `reader.pad-1` alone, without a value, takes away a reader that was added here.
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
        /// How the reader is connected; the raw value is the key of its address in the configuration.
        package enum Line: String, Hashable, Sendable, CaseIterable {
            case serial, tcp, usb
        }

        /// As the site is going to call it: 1 to 40 letters, digits and `-._`.
        package var name: String
        /// What it is going to be there for: `pad`, `wand` or `gate`.
        package var role: String
        /// A driver's name, as ``DriverIdentity`` has it.
        package var driver: String
        /// How it is connected.
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

    /// Settings to change, in this order.
    package var changes: [Change]
    /// Readers to add; each address must be listed for discovery, or be a USB device that the driver knows.
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
    /// A setting whose value would not be the same after the order.
    package struct Change: Hashable, Sendable {
        /// As in ``SiteSetting/key``.
        package var key: String
        /// What kind of value it takes.
        package var kind: SiteSetting.Kind
        /// `nil` where there is none, or where it is not shown.
        package var before: SiteValue?
        /// `nil` where there is none any more, or where it is not shown.
        package var after: SiteValue?
        /// Whether it counts at once or after a restart.
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
        /// Ours, with an AFI that means in the library.
        package var armed = 0
        /// Ours, with an AFI that means on loan.
        package var released = 0
        /// Ours, with a value that means neither: left alone everywhere.
        package var other = 0
        /// Of other owners.
        package var foreign = 0

        package init() {}
    }

    /// Every setting that would have another value, each once.
    package var changes: [Change]
    /// By the settings in force.
    package var before = Tags()
    /// By the settings as the order would make them.
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

    /// What to do about it, for a person.
    package var hint: String {
        switch self {
        case .unknown: "pressmark settings show lists them all"
        case .fixed: "whoever administers the machine changes it in the configuration file"
        case .mistakes: "nothing was changed; the remarks in pressmark.toml say what each setting may be"
        case .silence: "say it a second time with --confirm-silence if that is wanted; nothing was changed"
        case .outdated: "read them again, and change what is still to be changed"
        case .notWritten: "the state folder must belong to the daemon's user, and have room: df -h"
        }
    }
}
