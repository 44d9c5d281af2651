/// A person's explicit word that something shall be done which cannot be undone.
///
/// Commands that lock, protect or kill for ever cannot be built without one, so that no loop, retry or default ever
/// sends one by itself. Make it where the word is given (`--really`, a ticked box) and nowhere else.
package struct Consent: Hashable, Sendable {
    /// Who gave it and how, for the log: `--really on the command line`.
    package let origin: String

    package init(givenBy origin: String) {
        self.origin = origin
    }
}
