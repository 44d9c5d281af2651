/// Why a tag is left as it is.
package enum ConversionRefusal: Error, Hashable, Sendable {
    /// Nothing tells that this is an item's tag.
    case notRecognised(reason: String)
    /// A checksum speaks against what the tag says.
    case notReliable(reason: String)
    case noIdentifier
    /// A patron's card is nobody's item.
    case patronCard
    /// The item belongs to somebody else.
    case foreignOwner(String)
    /// The tag does not say whose it is.
    case noOwner
    /// Not all of the memory was read, so old data could not be cleared.
    case partialRead(read: Int, wanted: Int)
    /// The tag's DSFID announces a directory that a rewrite would destroy.
    case directory
    /// The content cannot be said in the model wanted, does not fit, or a block is locked.
    case cannotWrite(EncodeError)
    /// Every order of writes would make the tag another item for a moment.
    case noSafeOrder
}

extension ConversionRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notRecognised(let reason): "tag not recognised: \(reason)"
        case .notReliable(let reason): "tag not reliable: \(reason)"
        case .noIdentifier: "tag has no item identifier"
        case .patronCard: "tag is a patron card, wanted an item"
        case .foreignOwner(let owner):
            "owner: found \(owner), wanted one of this library's hint: add it to the site's further owners if it is yours"
        case .noOwner:
            "owner: found none hint: convert items that are in the holdings, or allow tags without owner in the site profile"
        case .partialRead(let read, let wanted): "memory: read \(read) bytes, wanted all \(wanted)"
        case .directory: "tag has a directory (DSFID 46), which would be destroyed"
        case .cannotWrite(let error): "\(error)"
        case .noSafeOrder: "tag would read as another item while it is written"
        }
    }
}
