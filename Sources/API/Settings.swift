/// A value of a setting: a text, a whole number, true or false, or a list of texts or of numbers.
package enum SettingValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case truth(Bool)
    case texts([String])
    case numbers([Int])
}

extension SettingValue: Codable {
    /// The kind is that of the JSON value; an empty list is one of texts. Throws `DecodingError` for anything else.
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

    /// The value as JSON has it, without a word of its kind.
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
    /// Who has said the value that is in force.
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
    /// What kind of value it takes, whether or not one is shown.
    package var kind: SettingKind
    /// In force; left out where there is none, or where it is not shown.
    package var value: SettingValue?
    /// What takes its place at the next start.
    package var next: SettingValue?
    /// Whether another value, or none, takes its place at the next start.
    package var waits: Bool
    /// Of the value in force: a later word goes before the file, and what was said at the start before everything.
    package var origin: Origin
    /// When a change of it shows.
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
    /// In the order of the documentation.
    package var settings: [Setting]

    package init(file: String?, changesFile: String?, settings: [Setting]) {
        self.file = file
        self.changesFile = changesFile
        self.settings = settings
    }
}

/// Changes settings: `PATCH /v1/settings`, and what that would mean: `POST /v1/settings/preview`.
package struct SettingsRequest: Codable, Hashable, Sendable {
    /// One setting that is to be different.
    package struct Change: Codable, Hashable, Sendable {
        /// As `GET /v1/settings` has it: `security.armed`.
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
        /// How it is reached.
        package enum Line: String, Codable, Hashable, Sendable, CaseIterable {
            case serial, tcp, usb
        }

        /// The name it shall have: `pad-2`.
        package var name: String
        /// `pad`, `wand`, `gate`.
        package var role: String
        /// As `POST /v1/readers/probe` has found it: `feig`.
        package var driver: String
        /// As `POST /v1/readers/probe` has found it.
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

    /// With `readers` 1 to 100 at once: all of them are taken, or none.
    package var changes: [Change]
    /// Readers that were found and are to be kept; left out where there are none.
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
    /// One setting that is different afterwards.
    package struct Change: Codable, Hashable, Sendable {
        /// With dots between: `security.armed`.
        package var key: String
        /// What kind of value both are.
        package var kind: SettingKind
        /// The value that it had; left out where there was none, or where it is not shown.
        package var before: SettingValue?
        /// The value that it gets; left out where there is none, or where it is not shown.
        package var after: SettingValue?
        /// When the new value shows.
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
        /// This library's, with a value that counts as armed.
        package var secured: Int
        /// This library's, with a value that counts as released.
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

    /// Settings whose value becomes another one; empty when nothing does.
    package var changes: [Change]
    /// What they are taken for under the settings as they were.
    package var tagsBefore: Tags
    /// What they are taken for under the settings as they become.
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
