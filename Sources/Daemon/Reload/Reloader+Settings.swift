import Library
import Operations
import Store

/// Settings that are changed on the page: written to a file of their own, and taken in as the administrator's are.
extension Reloader {
    var settings: SettingsReport { book.report }

    /// What an order would change, after everything has been looked at that a start looks at.
    func preview(_ order: SettingsOrder) throws -> SettingsForecast { try candidate(order).forecast }

    /// Carries an order out: on the disk first, then in force as far as it goes.
    func change(_ order: SettingsOrder) async throws -> SettingsForecast {
        // Between the version that is looked at and the reading that is taken nobody else may write.
        await takeTurn()
        defer { endTurn() }
        let (overlay, reading, forecast) = try candidate(order)
        if let version = order.version, version != settings.version { throw SettingsRefusal.outdated }
        if let silence = forecast.silence, !order.isConfirmed { throw SettingsRefusal.silence(silence) }
        let before = latest.overlay
        guard overlay != before else { return forecast }
        try SettingsFile.write(overlay, to: reading.changesFile)
        let refused = await reloadInTurn()
        guard !refused.isEmpty else {
            tellChange(forecast)
            return forecast
        }
        // The administrator's file is another one by now, and the two do not go together.
        try SettingsFile.write(before, to: reading.changesFile)
        throw SettingsRefusal.mistakes(refused)
    }

    private func candidate(
        _ order: SettingsOrder
    ) throws -> (overlay: SettingsOverlay, reading: ConfigurationReading, forecast: SettingsForecast) {
        let now = try read(nil)
        let overlay = try now.overlay.following(order, over: now.base)
        let new = try read(overlay)
        let readers = ReaderChange(from: inForce, to: followed.holding(new.configuration))
        do {
            try followed.start(new.configuration)
            _ = try followed.stations(readers.arriving)
        } catch let failure as StartFailure {
            throw SettingsRefusal.mistakes(Self.mistakes(failure))
        } catch let error as ConfigurationError {
            throw SettingsRefusal.mistakes(Self.mistakes(error))
        }
        var forecast = SettingsForecast(changes: Self.changes(from: now, to: new, moving: readers.moving))
        let (old, wanted) = (SecurityPolicy(now), SecurityPolicy(new))
        let counts = try desk.store.tagCounts()
        forecast.before = SettingsForecast.Tags(counts, under: old)
        forecast.after = SettingsForecast.Tags(counts, under: wanted)
        forecast.silence = Self.silence(from: now, to: new, counts)
        forecast.notes = try notes(from: now, to: new, forecast)
        return (overlay, new, forecast)
    }

    private func read(_ changes: SettingsOverlay?) throws(SettingsRefusal) -> ConfigurationReading {
        do throws(ConfigurationError) {
            return try source.reading(changes: changes)
        } catch {
            throw .mistakes(error.mistakes.map { "\($0.what): found \($0.found), wanted \($0.wanted)" })
        }
    }

    private static func changes(
        from old: ConfigurationReading,
        to new: ConfigurationReading,
        moving readers: [String]
    ) -> [SettingsForecast.Change] {
        let before = SettingsBook(started: old, latest: old, said: [:]).report.settings
        let after = SettingsBook(started: new, latest: new, said: [:]).report.settings
        let (was, will) = (byKey(before), byKey(after))
        let keys = before.map(\.key) + after.map(\.key).filter { was[$0] == nil }
        // Of a reader that stays, every change waits; one that comes or goes does so at once.
        let moving = Set(readers.map { "reader.\($0)" })
        return keys.compactMap { key in
            guard let setting = will[key] ?? was[key], was[key]?.value != will[key]?.value else { return nil }
            return SettingsForecast.Change(
                key: key,
                kind: setting.kind,
                before: was[key]?.value,
                after: will[key]?.value,
                effect: moving.contains(table(of: key)) ? .atOnce : setting.effect
            )
        }
    }

    /// What a key stands in: `reader.pad-1` of `reader.pad-1.role`.
    private static func table(of key: String) -> String {
        key.lastIndex(of: ".").map { String(key[..<$0]) } ?? key
    }

    private static func byKey(_ settings: [SiteSetting]) -> [String: SiteSetting] {
        Dictionary(settings.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Why gates would be silent for everything that they sound for now; `nil` where they sound for some of it.
    private static func silence(
        from old: ConfigurationReading,
        to new: ConfigurationReading,
        _ counts: [TagCount]
    ) -> String? {
        func gates(_ reading: ConfigurationReading) -> Int {
            reading.configuration.readers.count { $0.role == .gate }
        }
        if gates(old) > 0, gates(new) == 0 { return "no reader would be a gate any more" }
        let (before, after) = (SecurityPolicy(old), SecurityPolicy(new))
        let sounding = counts.filter(before.sounds)
        if sounding.isEmpty {
            // Nothing was read yet: then what tags say today is what the values of today mean.
            guard gates(new) > 0, after.security(before.armedValue) != .armed else { return nil }
            return """
                tags that say AFI \(SecurityPolicy.text(before.armedValue)) make a gate sound now, and would not any more: name it \
                under also-armed if there are such tags
                """
        }
        guard !sounding.contains(where: after.sounds) else { return nil }
        return """
            none of the \(sounding.reduce(0) { $0 + $1.count }) known tags that make a gate sound now would: under these values \
            they say something else, or are not this library's
            """
    }

    private func notes(
        from old: ConfigurationReading,
        to new: ConfigurationReading,
        _ forecast: SettingsForecast
    ) throws -> [String] {
        var notes: [String] = []
        if forecast.before != forecast.after {
            notes.append(
                """
                tags that say other values than these are left alone: name values of older tags under also-armed and \
                also-released, or write the tags anew
                """
            )
        }
        if old.configuration.security.mechanism != new.configuration.security.mechanism {
            notes.append("gates must hear what they then go by: walk through each with `pressmark gate walk-test`")
        }
        for entry in new.overlay.readers {
            guard let newName = entry.newName, old.overlay.readers.allSatisfy({ $0.newName != newName }) else {
                continue
            }
            notes.append("what was seen by \(entry.name) stays under that name in histories")
            let tokens = try desk.access.tokens().filter {
                $0.revokedAt == nil && ($0.scope.readers.contains(entry.name) || $0.scope.gates.contains(entry.name))
            }
            if !tokens.isEmpty {
                let names = tokens.map(\.name).joined(separator: ", ")
                notes.append("tokens for \(entry.name) alone open nothing under the new name: \(names)")
            }
        }
        return notes
    }
}

extension SecurityPolicy {
    /// The policy that a configuration means.
    fileprivate init(_ reading: ConfigurationReading) {
        let configuration = reading.configuration
        self.init(configuration.security, institutions: configuration.library.isil)
    }
}

extension SecurityPolicy {
    /// Whether a gate that goes by the AFI sounds for such a tag.
    fileprivate func sounds(_ tag: TagCount) -> Bool {
        owner(tag.owner).isOurs && security(tag.afi) == .armed
    }
}

extension SettingsForecast.Tags {
    fileprivate init(_ counts: [TagCount], under policy: SecurityPolicy) {
        self.init()
        for tag in counts {
            switch (policy.owner(tag.owner).isOurs, policy.security(tag.afi)) {
            case (false, _): foreign += tag.count
            case (true, .armed): armed += tag.count
            case (true, .disarmed): released += tag.count
            case (true, .other), (true, .unread): other += tag.count
            }
        }
    }
}
