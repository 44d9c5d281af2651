import API

/// Settings as they are written on a command line, `security.armed=0x07`, and shown there.
enum SettingsText {
    /// A change as it was written; the setting says what its value is read as.
    static func change(_ text: String, among settings: [Setting]) throws -> SettingsRequest.Change {
        guard let equals = text.firstIndex(of: "=") else {
            throw Complaint("found '\(text)', wanted name=value", hint: "pressmark settings show lists the names")
        }
        let key = String(text[..<equals])
        guard let setting = settings.first(where: { $0.key == key }) else {
            throw Complaint("\(key): found no such setting", hint: "pressmark settings show lists them")
        }
        return SettingsRequest.Change(
            key: key,
            value: try value(String(text[text.index(after: equals)...]), of: setting)
        )
    }

    static func value(_ text: String, of setting: Setting) throws -> SettingValue {
        func number(_ text: Substring) throws -> Int {
            let digits = text.lowercased()
            guard let number = digits.hasPrefix("0x") ? Int(digits.dropFirst(2), radix: 16) : Int(digits) else {
                throw Complaint("\(setting.key): found '\(text)', wanted a whole number")
            }
            return number
        }
        let parts = text.split(separator: ",").map { $0.drop { $0 == " " } }
        switch setting.kind {
        case .text, .word: return .text(text)
        case .number, .byte: return .number(try number(text[...]))
        case .texts, .words: return .texts(parts.map(String.init))
        case .numbers, .bytes: return .numbers(try parts.map(number))
        case .truth:
            guard let truth = Bool(text) else {
                throw Complaint("\(setting.key): found '\(text)', wanted true or false")
            }
            return .truth(truth)
        }
    }

    static func text(_ value: SettingValue?, _ kind: SettingKind) -> String {
        func number(_ number: Int) -> String {
            guard kind == .byte || kind == .bytes else { return String(number) }
            let digits = String(number, radix: 16, uppercase: true)
            return "0x" + (digits.count < 2 ? "0" : "") + digits
        }
        return switch value {
        case nil: "-"
        case .text(let text): text
        case .number(let value): number(value)
        case .truth(let truth): String(truth)
        case .texts(let texts): texts.isEmpty ? "none" : texts.joined(separator: ", ")
        case .numbers(let numbers): numbers.isEmpty ? "none" : numbers.map(number).joined(separator: ", ")
        }
    }
}
