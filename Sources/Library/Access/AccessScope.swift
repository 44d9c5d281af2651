/// At which readers and gates somebody may do what the role allows.
package struct AccessScope: Hashable, Sendable {
    package var readers: Set<String>
    package var gates: Set<String>

    /// Without any name it is every reader and gate.
    package init(readers: some Sequence<String> = [], gates: some Sequence<String> = []) {
        self.readers = Set(readers)
        self.gates = Set(gates)
    }

    package static let everywhere = AccessScope()

    package var isEverywhere: Bool { readers.isEmpty && gates.isEmpty }

    /// Whether a reader of this name, a gate among them, is one of those.
    package func contains(_ place: String) -> Bool {
        isEverywhere || readers.contains(place) || gates.contains(place)
    }
}
