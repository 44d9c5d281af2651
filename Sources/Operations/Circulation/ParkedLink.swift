package import Wire

/// A link on its way to the loop that will own it.
package actor ParkedLink {
    private var link: (any Link & ~Copyable)?

    /// Takes a link over, until somebody takes it.
    package init(_ link: consuming any Link & ~Copyable) {
        self.link = consume link
    }

    /// The link, once.
    package func take() -> (any Link & ~Copyable)? {
        link.take()
    }
}

/// The two halves of one connection: one loop listens on it while another one speaks.
package struct ParkedCall: Sendable {
    /// The half that bytes are received on.
    package var listening: ParkedLink
    /// The half that bytes are sent on.
    package var speaking: ParkedLink

    package init(listening: ParkedLink, speaking: ParkedLink) {
        self.listening = listening
        self.speaking = speaking
    }
}
