import Library
import Operations

/// What differs between two configurations: what can change while the service runs, and what waits for the next start.
struct ConfigurationChange: Equatable, Sendable {
    /// As they stand in the file: `[sweep]`, `[library] shrink`, `[[reader]] desk-1`.
    var live: [String] = []
    var waiting: [String] = []
}

extension ConfigurationChange {
    init(from old: Configuration, to new: Configuration) {
        for setting in Self.settings where !setting.isSame(old, new) {
            if setting.take == nil { waiting += setting.names(old, new) } else { live += setting.names(old, new) }
        }
    }

    /// The old configuration with what can change at once as in the new one.
    static func merged(_ old: Configuration, with new: Configuration) -> Configuration {
        var merged = old
        for setting in settings { setting.take?(&merged, new) }
        return merged
    }

    /// Gates of the old configuration that the new one has no more, by their old names: one that has another name and
    /// stands where it stood is none of them, however its line is described there.
    static func lostGates(from old: Configuration, to new: Configuration) -> [String] {
        let gates = new.readers.filter { $0.role == .gate }
        let renamed = gates.filter { gate in !old.readers.contains { $0.name == gate.name } }
        return old.readers.filter { reader in
            reader.role == .gate && !gates.contains { $0.name == reader.name }
                && !renamed.contains { $0.place.meets(reader.place) }
        }.map(\.name)
    }

    /// A part of the configuration that changes as one.
    struct Setting: Sendable {
        var name: String
        /// The property of ``Configuration`` it belongs to.
        var property: String
        var isSame: @Sendable (Configuration, Configuration) -> Bool
        /// What of it differs between two, as it is told.
        var names: @Sendable (Configuration, Configuration) -> [String]
        /// Takes the new value; `nil` for what waits for the next start.
        var take: (@Sendable (inout Configuration, Configuration) -> Void)?
    }

    /// Every property of ``Configuration``, and of its `[library]`, stands here: a test says when one is missing.
    static let settings: [Setting] = [
        waits("state", "state") { $0.state },
        waits("[http] address", "http") { $0.http.address },
        waits("[http] port", "http") { $0.http.port },
        waits("[http] hosts", "http") { $0.http.hosts },
        waits("[http] loopback", "http") { $0.http.loopback },
        waits("[http] socket", "http") { $0.http.socket },
        waits("[http] socket-group", "http") { $0.http.socketRole },
        waits("[http.lan]", "http") { $0.http.lan },
        waits("[library] name", "library.name") { $0.library.name },
        waits("[library] isil", "library.isil") { $0.library.isil },
        waits("[library] scheme", "library.scheme") { $0.library.scheme },
        live("[library] snapshots", "library.snapshots", { $0.library.snapshots }) { $0.library.snapshots = $1 },
        live("[library] shrink", "library.shrink", { $0.library.shrink }) { $0.library.shrink = $1 },
        live("[barcodes]", "library.barcodes", { $0.library.barcodes }) { $0.library.barcodes = $1 },
        live("[shelf-order]", "library.shelfOrder", { $0.library.shelfOrder }) { $0.library.shelfOrder = $1 },
        waits("[security]", "security") { $0.security },
        waits("[tags]", "tags") { $0.tags },
        Setting(
            name: "[[reader]]",
            property: "readers",
            isSame: { ReaderChange(from: $0, to: $1).waiting.isEmpty },
            names: { ReaderChange(from: $0, to: $1).waiting.map { "[[reader]] \($0)" } },
            take: nil
        ),
        Setting(
            name: "[[reader]] that comes or goes",
            property: "readers",
            isSame: { ReaderChange(from: $0, to: $1).moving.isEmpty },
            names: { ReaderChange(from: $0, to: $1).moving.map { "[[reader]] \($0)" } },
            take: { merged, new in merged.readers = ReaderChange(from: merged, to: new).applied(to: merged.readers) }
        ),
        waits("[discovery]", "discovery") { $0.discovery },
        live("[gate] rules", "gate", { $0.gate.rules }) { $0.gate.rules = $1 },
        live("[gate] silence-confirmed-by", "gate", { $0.gate.confirmedSilence }) { $0.gate.confirmedSilence = $1 },
        waits("[gate], [[output]], [[input]]", "gate") { configuration in
            var gate = configuration.gate
            (gate.rules, gate.confirmedSilence) = (nil, nil)
            return gate
        },
        waits("[ils]", "librarySystem") { $0.librarySystem },
        waits("[[proxy]]", "proxies") { $0.proxies },
        waits("[[write-back]]", "writeBacks") { $0.writeBacks },
        waits("[[dialect]]", "dialects") { $0.placedDialects },
        waits("[[notice]]", "notices") { $0.notices },
        live("[[pull]]", "pulls", { $0.pulls }) { $0.pulls = $1 },
        live("[sweep]", "sweep", { $0.sweep }) { $0.sweep = $1 },
    ]

    private static func waits<Value: Equatable & Sendable>(
        _ name: String,
        _ property: String,
        _ value: @escaping @Sendable (Configuration) -> Value
    ) -> Setting {
        Setting(
            name: name,
            property: property,
            isSame: { value($0) == value($1) },
            names: { _, _ in [name] },
            take: nil
        )
    }

    private static func live<Value: Equatable & Sendable>(
        _ name: String,
        _ property: String,
        _ value: @escaping @Sendable (Configuration) -> Value,
        _ set: @escaping @Sendable (inout Configuration, Value) -> Void
    ) -> Setting {
        Setting(
            name: name,
            property: property,
            isSame: { value($0) == value($1) },
            names: { _, _ in [name] },
            take: { set(&$0, value($1)) }
        )
    }
}
