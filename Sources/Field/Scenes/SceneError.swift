/// Why a scene cannot be played: the line, what stands there, what should.
package struct SceneError: Error, Hashable, Sendable {
    /// Counted from 1.
    package var line: Int
    package var found: String
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
