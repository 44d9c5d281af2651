/// A row of an import that did not become an item.
package struct ImportRejection: Hashable, Sendable {
    /// Where the row starts in the file, counted from 1.
    package var line: Int
    /// Lower case, no period.
    package var cause: String
    /// The row's text, when it was safe to keep.
    package var text: String

    package init(line: Int, cause: String, text: String) {
        self.line = line
        self.cause = cause
        self.text = text
    }
}
