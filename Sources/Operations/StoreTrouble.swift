import Store

/// Trouble of the store in words, for those who must not know the store.
package struct StoreTrouble: Hashable, Sendable {
    /// What happened, in one line for a person.
    package var cause: String
    /// What to do about it; `nil` where there is no advice.
    package var hint: String?

    package init(cause: String, hint: String?) {
        self.cause = cause
        self.hint = hint
    }

    /// `nil` for an error that is not of the store.
    package init?(_ error: any Error) {
        guard let error = error as? StoreError else { return nil }
        cause = error.description
        hint = error.hint
    }
}
