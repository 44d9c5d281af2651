import Operations

/// What becomes of the readers when a configuration takes another's place: which come and go while the service runs,
/// and which wait for the next start.
struct ReaderChange: Equatable, Sendable {
    /// Pads and wands under new names, at places where no reader is.
    var arriving: [Configuration.Reader] = []
    /// Pads and wands that are named no more, whose places nobody takes over, and of which nothing else speaks.
    var leaving: [Configuration.Reader] = []
    /// Names of all others that differ: gates, readers that are changed, and those that change places or names.
    var waiting: [String] = []

    /// - Parameter old: the configuration in force, with the readers that run.
    init(from old: Configuration, to new: Configuration) {
        for reader in new.readers where !old.readers.contains(reader) {
            let isKnown = old.readers.contains { $0.name == reader.name }
            let isTaken = (old.readers + arriving).contains { $0.place.meets(reader.place) }
            if reader.role == .gate || isKnown || isTaken {
                waiting.append(reader.name)
            } else {
                arriving.append(reader)
            }
        }
        for reader in old.readers where !new.readers.contains(where: { $0.name == reader.name }) {
            let isFollowed = new.readers.contains { $0.place.meets(reader.place) }
            if reader.role == .gate || isFollowed || old.speaks(of: reader.name) {
                waiting.append(reader.name)
            } else {
                leaving.append(reader)
            }
        }
    }

    /// The names of those that come or go.
    var moving: [String] { (arriving + leaving).map(\.name) }

    /// The readers that run after it.
    func applied(to readers: [Configuration.Reader]) -> [Configuration.Reader] {
        readers.filter { !leaving.contains($0) } + arriving
    }
}

extension Configuration {
    /// Whether a kiosk's port, a dialect or an output belongs to this reader: they have it from start to end. A dialect
    /// that lets no page ask and names no pad works on the first one there is, whichever that is.
    fileprivate func speaks(of reader: String) -> Bool {
        proxies.contains { $0.reader == reader } || dialects.contains { $0.reader == reader }
            || gate.outputs.contains { output in
                if case .reader(let name, _) = output.place { name == reader } else { false }
            }
    }

    /// The dialects, those that let pages ask with the pad that each works on: the first where none is named, and
    /// without a name where there is no pad.
    var placedDialects: [Dialect] {
        let first = readers.first { $0.role == .pad }?.name ?? ""
        return dialects.map { dialect in
            var dialect = dialect
            if dialect.reader == nil, !dialect.origins.isEmpty { dialect.reader = first }
            return dialect
        }
    }
}
