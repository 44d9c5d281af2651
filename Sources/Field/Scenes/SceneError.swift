/// Why a scene cannot be played: the line, what stands there, what should.
package struct SceneError: Error, Hashable, Sendable {
    /// Counted from 1.
    package var line: Int
    /// What stands there: a word in quotation marks, or in words what there is too much of.
    package var found: String
    /// What would have been understood: `a speed such as 300mm/s or 1.4m/s`.
    package var wanted: String

    package init(line: Int, found: String, wanted: String) {
        self.line = line
        self.found = found
        self.wanted = wanted
    }
}

extension SceneError: CustomStringConvertible {
    package var description: String { "scene line \(line): found \(found), wanted \(wanted)" }
}
