/// What went wrong with a request, in the shape of RFC 9457 with a hint that can be followed.
package struct Problem: Codable, Hashable, Sendable, Error {
    /// A short name that never changes: `reader-offline`, `scope-empty`.
    package var type: String
    package var title: String
    package var status: Int
    /// What, where, found, wanted; lower case, no period.
    package var detail: String
    /// What to do about it.
    package var hint: String?

    package init(type: String, title: String, status: Int, detail: String, hint: String? = nil) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.hint = hint
    }
}
