extension Complaint {
    /// What is wrong with JSON that somebody wrote: the member's path, or `place` for the whole, what was found, what wanted.
    init(_ error: DecodingError, in place: String, hint: String) {
        let (context, found, wanted): (DecodingError.Context, String, String) =
            switch error {
            case .keyNotFound(let key, let context):
                (
                    DecodingError.Context(codingPath: context.codingPath + [key], debugDescription: ""),
                    "nothing", "a value"
                )
            case .valueNotFound(let type, let context): (context, "null", Self.word(type))
            case .typeMismatch(let type, let context): (context, "another kind of value", Self.word(type))
            case .dataCorrupted(let context): (context, "something else", "JSON")
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "something else", "JSON")
            }
        let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        self.init(
            "\(path.isEmpty ? place : path.joined(separator: ".")): found \(found), wanted \(wanted)",
            hint: hint
        )
    }

    private static func word(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text in quotes"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        default: String(describing: type).hasPrefix("Dictionary<") ? "an object" : "a list"
        }
    }
}
