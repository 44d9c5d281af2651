/// At which readers and gates somebody may do what the role allows.
package struct AccessScope: Hashable, Sendable {
    /// Names of readers; a gate is a reader too.
    package var readers: Set<String>
    /// Names of gates. Where both lists are empty, every reader and gate is meant.
    package var gates: Set<String>

    /// Without any name it is every reader and gate.
    package init(readers: some Sequence<String> = [], gates: some Sequence<String> = []) {
        self.readers = Set(readers)
        self.gates = Set(gates)
    }

    /// Every reader and gate: what a token without a list of places has.
    package static let everywhere = AccessScope()

    /// Whether no place is named, which means all of them.
    package var isEverywhere: Bool { readers.isEmpty && gates.isEmpty }

    /// Whether a reader of this name, a gate among them, is one of those.
    package func contains(_ place: String) -> Bool {
        isEverywhere || readers.contains(place) || gates.contains(place)
    }
}
