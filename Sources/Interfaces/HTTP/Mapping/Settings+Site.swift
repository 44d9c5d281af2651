import API
import Operations

extension Settings {
    /// Everything, or what all staff may see.
    init(_ report: SettingsReport, whole: Bool) {
        self.init(
            file: whole ? report.file : nil,
            changesFile: whole ? report.changesFile : nil,
            settings: report.settings.filter { whole || !$0.isForAdmins }.map(Setting.init)
        )
    }
}

extension Setting {
    fileprivate init(_ setting: SiteSetting) {
        self.init(
            key: setting.key,
            kind: SettingKind(setting.kind),
            value: setting.value.map(SettingValue.init),
            next: setting.next.map(SettingValue.init),
            waits: setting.isWaiting,
            origin: Origin(setting.origin),
            effect: SettingEffect(setting.effect),
            changeable: setting.isChangeable,
            hidden: setting.isHidden,
            words: setting.words
        )
    }
}

extension Setting.Origin {
    fileprivate init(_ origin: SiteSetting.Origin) {
        self =
            switch origin {
            case .standard: .standard
            case .file: .file
            case .page: .page
            case .start: .start
            }
    }
}

extension SettingKind {
    fileprivate init(_ kind: SiteSetting.Kind) {
        self =
            switch kind {
            case .text: .text
            case .number: .number
            case .truth: .truth
            case .texts: .texts
            case .numbers: .numbers
            case .byte: .byte
            case .bytes: .bytes
            case .word: .word
            case .words: .words
            }
    }
}

extension SettingEffect {
    fileprivate init(_ effect: SiteSetting.Effect) {
        self =
            switch effect {
            case .atOnce: .atOnce
            case .restart: .restart
            }
    }
}

extension SettingValue {
    fileprivate init(_ value: SiteValue) {
        self =
            switch value {
            case .text(let text): .text(text)
            case .number(let number): .number(number)
            case .truth(let truth): .truth(truth)
            case .texts(let texts): .texts(texts)
            case .numbers(let numbers): .numbers(numbers)
            }
    }
}

extension SiteValue {
    fileprivate init(_ value: SettingValue) {
        self =
            switch value {
            case .text(let text): .text(text)
            case .number(let number): .number(number)
            case .truth(let truth): .truth(truth)
            case .texts(let texts): .texts(texts)
            case .numbers(let numbers): .numbers(numbers)
            }
    }
}

extension SettingsOrder {
    init(_ wanted: SettingsRequest, version: String?) {
        self.init(
            changes: wanted.changes.map { Change(key: $0.key, value: $0.value.map(SiteValue.init)) },
            readers: (wanted.readers ?? []).map { reader in
                let line: NewReader.Line =
                    switch reader.line {
                    case .serial: .serial
                    case .tcp: .tcp
                    case .usb: .usb
                    }
                return NewReader(
                    name: reader.name,
                    role: reader.role,
                    driver: reader.driver,
                    line: line,
                    address: reader.address
                )
            },
            version: version,
            isConfirmed: wanted.confirmed ?? false
        )
    }
}

extension SettingsOutcome {
    init(_ forecast: SettingsForecast) {
        self.init(
            changes: forecast.changes.map { change in
                Change(
                    key: change.key,
                    kind: SettingKind(change.kind),
                    before: change.before.map(SettingValue.init),
                    after: change.after.map(SettingValue.init),
                    effect: SettingEffect(change.effect)
                )
            },
            tagsBefore: Tags(forecast.before),
            tagsAfter: Tags(forecast.after),
            notes: forecast.notes,
            silence: forecast.silence,
            restart: forecast.changes.contains { $0.effect == .restart }
        )
    }
}

extension SettingsOutcome.Tags {
    fileprivate init(_ tags: SettingsForecast.Tags) {
        self.init(secured: tags.armed, released: tags.released, other: tags.other, foreign: tags.foreign)
    }
}

extension Problem {
    init(_ refusal: SettingsRefusal) {
        let (type, title, status) =
            switch refusal {
            case .unknown: ("unknown-setting", "No such setting", 422)
            case .fixed: ("fixed-setting", "Not to be changed here", 409)
            case .mistakes: ("wrong-settings", "Settings with mistakes", 422)
            case .silence: ("settings-silence-gates", "Nothing would sound", 409)
            case .outdated: ("outdated", "Changed in the meantime", 412)
            case .notWritten: ("store", "Not written", 503)
            }
        self.init(type: type, title: title, status: status, detail: refusal.description, hint: refusal.hint)
    }
}
