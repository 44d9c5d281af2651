/// Text about a patron, or a secret: usable, comparable, and never shown by printing, dumping or logging it.
///
/// Whoever needs the text asks for ``revealed`` by name, so that each place is found by searching for the word.
package struct Confidential: Hashable, Sendable {
    /// The text itself; for the wire and for comparing, never for a log.
    package let revealed: String

    /// Any text; it is kept as it is.
    package init(_ text: String) {
        revealed = text
    }

    /// What a request carries that has no such text to send.
    package static let empty = Confidential("")

    /// Whether there is nothing to hide.
    package var isEmpty: Bool { revealed.isEmpty }
}

extension Confidential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(not shown)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
