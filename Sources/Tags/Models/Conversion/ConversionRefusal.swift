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
    /// The content fits, but a reader would not know the tag for this item: locked bytes stand behind it.
    case unreadableWhenDone
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
        case .foreignOwner(let owner): "owner: found \(owner), wanted one of this library's"
        case .noOwner: "owner: found none, wanted this library's or an item of the holdings"
        case .partialRead(let read, let wanted): "memory: read \(read) bytes, wanted all \(wanted)"
        case .directory: "tag has a directory (DSFID 46), which would be destroyed"
        case .cannotWrite(let error): "\(error)"
        case .unreadableWhenDone: "tag would not read as this item once it is written"
        case .noSafeOrder: "tag would read as another item while it is written"
        }
    }

    /// What to do about it; `nil` where the tag is best left as it is.
    package var hint: String? {
        switch self {
        case .foreignOwner: "add it to the library's ISILs in the configuration if it is yours"
        case .noOwner: "import the holdings, so that the item is known"
        case .partialRead: "leave the tag lying still in the middle of the reader and try again"
        case .cannotWrite(.doesNotFit): "leave elements out, or take a tag with more memory"
        case .cannotWrite(.unrepresentable): "nothing is cut short; leave the field out or choose another data model"
        case .unreadableWhenDone: "take another tag, or another data model"
        case .cannotWrite(.locked): "what is locked stays so; the item needs another tag"
        case .cannotWrite(.readOnly): "choose iso28560-2 or iso28560-3"
        case .notRecognised, .notReliable, .noIdentifier: "see what is on it with pressmark tag read"
        case .patronCard, .directory, .noSafeOrder: nil
        }
    }
}
