extension Character {
    /// Whether it ends a line of a text that people write and that tells mistakes by their line.
    ///
    /// A line end of two characters, as Windows writes it, is one to Swift, and not `"\n"`. What else Unicode calls a new
    /// line ends none in an editor that counts them, and neither does a carriage return alone.
    package var isLineEnd: Bool { self == "\n" || self == "\r\n" }
}
