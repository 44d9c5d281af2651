/// Text about a patron, or a secret: usable, comparable, and never shown by printing, dumping or logging it.
///
/// Whoever needs the text asks for ``revealed`` by name, so that each place is found by searching for the word.
package struct Confidential: Hashable, Sendable {
    package let revealed: String

    package init(_ text: String) {
        revealed = text
    }

    package static let empty = Confidential("")

    package var isEmpty: Bool { revealed.isEmpty }
}

extension Confidential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(not shown)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
