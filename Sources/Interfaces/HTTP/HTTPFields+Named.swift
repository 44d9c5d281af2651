import HTTPTypes

extension HTTPFields {
    /// The field of a name that the library of HTTP types does not know; `nil` where it is absent, or no name at all.
    subscript(named name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set {
            guard let name = HTTPField.Name(name) else { return }
            self[name] = newValue
        }
    }
}
