/// What went wrong with a request, in the shape of RFC 9457 with a hint that can be followed.
package struct Problem: Codable, Hashable, Sendable, Error {
    /// A short name that never changes: `reader-offline`, `scope-empty`.
    package var type: String
    /// The type in words for people: `Reader offline`.
    package var title: String
    /// The HTTP status of the answer: 400, 404, 409, 503, …
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
