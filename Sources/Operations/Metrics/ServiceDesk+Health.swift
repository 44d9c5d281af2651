import Store

extension ServiceDesk {
    /// Why the database does not answer; `nil` when it does. A hanging disk makes it wait.
    package func storeTrouble() -> StoreTrouble? {
        do throws(StoreError) {
            try store.answer()
            return nil
        } catch {
            return StoreTrouble(cause: error.description, hint: error.hint)
        }
    }
}
