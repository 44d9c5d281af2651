package import Wire

/// Two sets of lines as one: GPIO chips and the readers' own outputs.
package struct JoinedLines<First: Lines & ~Copyable, Second: Lines & ~Copyable>: Lines, ~Copyable {
    private var first: First
    private var second: Second
    private let ofFirst: Set<String>

    /// - Parameter ofFirst: the names of the outputs that `first` has; all others are asked of `second`.
    package init(
        _ first: consuming First,
        _ second: consuming Second,
        ofFirst: Set<String>
    ) {
        self.first = first
        self.second = second
        self.ofFirst = ofFirst
    }

    package mutating func set(_ output: String, to on: Bool) throws(LineError) {
        if ofFirst.contains(output) {
            try first.set(output, to: on)
        } else {
            try second.set(output, to: on)
        }
    }

    /// The changes of the first's inputs: readers' inputs are asked for, they do not tell.
    package func edges() -> AsyncStream<LineEdge> { first.edges() }
}
