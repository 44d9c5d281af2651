/// A value of a setting: a text, a whole number, true or false, or a list of texts or of numbers.
package enum SettingValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case truth(Bool)
    case texts([String])
    case numbers([Int])
}

extension SettingValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let truth = try? container.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let texts = try? container.decode([String].self) {
            self = .texts(texts)
        } else if let numbers = try? container.decode([Int].self) {
            self = .numbers(numbers)
        } else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a text, a whole number, true or false, or a list of texts or of whole numbers"
            )
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .truth(let truth): try container.encode(truth)
        case .texts(let texts): try container.encode(texts)
        case .numbers(let numbers): try container.encode(numbers)
        }
    }
}

/// What kind of value a setting takes.
package enum SettingKind: String, Codable, Hashable, Sendable, CaseIterable {
    case text, number, truth, texts, numbers
    /// A number from 0 to 255 that is written in hexadecimal; a list of them.
    case byte, bytes
    /// One of a closed list; some of it.
    case word, words
}

/// When a change shows.
package enum SettingEffect: String, Codable, Hashable, Sendable, CaseIterable {
    case atOnce = "at once"
    case restart = "after a restart"
}

/// One setting of the site: part of `GET /v1/settings`.
package struct Setting: Codable, Hashable, Sendable {
    package enum Origin: String, Codable, Hashable, Sendable, CaseIterable {
        case standard = "default"
        /// The administrator's file.
        case file
        /// Changed on the page or with the command line.
        case page
        /// Said when the daemon was started.
        case start
    }

    /// As in the file, with dots between: `security.armed`, `reader.pad-1.role`.
    package var key: String
    package var kind: SettingKind
    /// In force; left out where there is none, or where it is not shown.
    package var value: SettingValue?
    /// What takes its place at the next start.
    package var next: SettingValue?
    /// Whether another value, or none, takes its place at the next start.
    package var waits: Bool
    package var origin: Origin
    package var effect: SettingEffect
    /// Whether it can be changed here; the others stand in the configuration file alone.
    package var changeable: Bool
    /// Whether its value is kept back.
    package var hidden: Bool
    /// The words it may have; empty where any will do.
    package var words: [String]

    package init(
        key: String,
        kind: SettingKind,
        value: SettingValue?,
        next: SettingValue?,
        waits: Bool,
        origin: Origin,
        effect: SettingEffect,
        changeable: Bool,
        hidden: Bool,
        words: [String]
    ) {
        self.key = key
        self.kind = kind
        self.value = value
        self.next = next
        self.waits = waits
        self.origin = origin
        self.effect = effect
        self.changeable = changeable
        self.hidden = hidden
        self.words = words
    }
}

/// The settings that the caller may see: `GET /v1/settings`.
package struct Settings: Codable, Hashable, Sendable {
    /// The administrator's file; left out in a simulated branch, and for those who may not see paths.
    package var file: String?
    /// Where changes are kept.
    package var changesFile: String?
    package var settings: [Setting]

    package init(file: String?, changesFile: String?, settings: [Setting]) {
        self.file = file
        self.changesFile = changesFile
        self.settings = settings
    }
}

/// Changes settings: `PATCH /v1/settings`, and what that would mean: `POST /v1/settings/preview`.
package struct SettingsRequest: Codable, Hashable, Sendable {
    package struct Change: Codable, Hashable, Sendable {
        package var key: String
        /// Left out: back to what the configuration file says.
        package var value: SettingValue?

        package init(key: String, value: SettingValue?) {
            self.key = key
            self.value = value
        }
    }

    /// A reader that was found.
    package struct Reader: Codable, Hashable, Sendable {
        package enum Line: String, Codable, Hashable, Sendable, CaseIterable {
            case serial, tcp, usb
        }

        package var name: String
        /// `pad`, `wand`, `gate`.
        package var role: String
        package var driver: String
        package var line: Line
        /// One of those under `[discovery]`; for USB `auto` or the device's numbers.
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
    package var readers: [Reader]?
    /// Said where otherwise it is refused because no gate would sound any more.
    package var confirmed: Bool?

    package init(changes: [Change], readers: [Reader]? = nil, confirmed: Bool? = nil) {
        self.changes = changes
        self.readers = readers
        self.confirmed = confirmed
    }
}

/// What a change of settings means.
package struct SettingsOutcome: Codable, Hashable, Sendable {
    package struct Change: Codable, Hashable, Sendable {
        package var key: String
        package var kind: SettingKind
        package var before: SettingValue?
        package var after: SettingValue?
        package var effect: SettingEffect

        package init(
            key: String,
            kind: SettingKind,
            before: SettingValue?,
            after: SettingValue?,
            effect: SettingEffect
        ) {
            self.key = key
            self.kind = kind
            self.before = before
            self.after = after
            self.effect = effect
        }
    }

    /// What the tags that were read so far are taken for.
    package struct Tags: Codable, Hashable, Sendable {
        package var secured: Int
        package var released: Int
        /// This library's, with a value that means neither.
        package var other: Int
        /// Of other owners.
        package var foreign: Int

        package init(secured: Int, released: Int, other: Int, foreign: Int) {
            self.secured = secured
            self.released = released
            self.other = other
            self.foreign = foreign
        }
    }

    package var changes: [Change]
    package var tagsBefore: Tags
    package var tagsAfter: Tags
    /// What to know before it is done.
    package var notes: [String]
    /// Why no gate would sound any more; it has to be confirmed then.
    package var silence: String?
    /// Whether anything of it waits for a restart.
    package var restart: Bool

    package init(
        changes: [Change],
        tagsBefore: Tags,
        tagsAfter: Tags,
        notes: [String],
        silence: String?,
        restart: Bool
    ) {
        self.changes = changes
        self.tagsBefore = tagsBefore
        self.tagsAfter = tagsAfter
        self.notes = notes
        self.silence = silence
        self.restart = restart
    }
}
