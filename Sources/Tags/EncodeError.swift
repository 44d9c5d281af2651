/// Why values cannot be put on a tag.
package enum EncodeError: Error, Hashable, Sendable {
    /// The content needs more bytes than the tag has room for.
    case doesNotFit(needed: Int, available: Int)
    /// A value the data model cannot hold: nothing is ever cut short to make it fit.
    case unrepresentable(field: String, value: String, wanted: String)
    /// A block that would have to change is locked.
    case locked(block: Int)
    /// The model is only read, never written.
    case readOnly(model: String)
}

extension EncodeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .doesNotFit(let needed, let available):
            "content: found \(needed) bytes, wanted at most \(available)"
        case .unrepresentable(let field, let value, let wanted):
            "\(field): found \"\(value)\", wanted \(wanted)"
        case .locked(let block):
            "block \(block): found locked, wanted writable"
        case .readOnly(let model):
            "model \(model): can be read but not written"
        }
    }
}
