import API

/// The settings as a table.
struct SettingsPage {
    var settings: Settings
    var palette: Palette

    var lines: [String] {
        guard !settings.settings.isEmpty else { return ["no such settings"] }
        let table = Table(
            headings: ["SETTING", "VALUE", "FROM", "CHANGES"],
            rows: settings.settings.map { setting in
                [
                    setting.key, setting.hidden ? "(not shown)" : SettingsText.text(setting.value, setting.kind),
                    setting.origin.rawValue, changes(setting),
                ]
            }
        ).lines()
        var files: [String] = []
        if let file = settings.file { files.append("configuration file: \(file.visible)") }
        if let file = settings.changesFile { files.append("changes kept in: \(file.visible)") }
        return [palette.paint(table[0], .strong)] + table.dropFirst() + files
    }

    private func changes(_ setting: Setting) -> String {
        if setting.waits { return "\(SettingsText.text(setting.next, setting.kind)) after a restart" }
        return setting.changeable ? setting.effect.rawValue : "in the file alone"
    }
}

/// What a change of settings means, or has meant.
struct SettingsOutcomePage {
    var outcome: SettingsOutcome
    var isDryRun: Bool
    var palette: Palette

    var lines: [String] {
        var lines = outcome.changes.map { change in
            let (before, after) = (text(change.before, change), text(change.after, change))
            return "\(change.key): \(before) -> \(after)" + (change.effect == .restart ? " (after a restart)" : "")
        }
        if lines.isEmpty { lines = ["nothing differs"] }
        if outcome.tagsBefore != outcome.tagsAfter {
            lines.append("known tags now:       \(text(outcome.tagsBefore))")
            lines.append("known tags after it:  \(text(outcome.tagsAfter))")
        }
        lines += outcome.notes.map { "note: \($0.visible)" }
        if let silence = outcome.silence { lines.append(palette.paint("warning: \(silence)", .strong)) }
        if isDryRun {
            lines.append("nothing was changed")
        } else if outcome.restart {
            lines.append("in force after: systemctl restart pressmarkd")
        }
        return lines
    }

    private func text(_ value: SettingValue?, _ change: SettingsOutcome.Change) -> String {
        SettingsText.text(value, change.kind).visible
    }

    private func text(_ tags: SettingsOutcome.Tags) -> String {
        """
        \(tags.secured) secured, \(tags.released) released, \(tags.other) with other values, \
        \(tags.foreign) of other owners
        """
    }
}
