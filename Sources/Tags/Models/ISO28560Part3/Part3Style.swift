/// The choices on which writers of ISO 28560-3 differ; readers accept them all.
package struct Part3Style: Hashable, Sendable {
    /// An identifier of more than 16 bytes goes into the library block and leaves 01 in the basic block; an owner the
    /// basic block has no room for goes into the library block and leaves nothing. Edition 2011 had it so, the later
    /// one calls it invalid and few readers know it: without it such content is refused.
    package var movesLongFields = false

    package init() {}

    /// What the basic block has no room for is refused.
    package static let standard = Part3Style()
}

/// What has to stand in the library block since the basic block has no room for it.
struct MovedFields {
    var identifier: String?
    var owner: String?

    /// Nothing where the style does not allow it, where everything fits, or where the memory ends after the basic
    /// block.
    init(_ content: TagContent, ownerRoom: Int, style: Part3Style) {
        guard style.movesLongFields, ownerRoom == 13 else { return }
        if content.primaryItemIdentifier.utf8.count > 16, content.others[22] == nil {
            identifier = content.primaryItemIdentifier
        }
        if let isil = content.ownerInstitution, OwnerField.isISIL(isil), content.others[23] == nil,
            (OwnerField.bytes(isil)?.count ?? .max) > ownerRoom
        {
            owner = isil
        }
    }

    /// As the library block's alternative identifier and owner, which is where readers look for them.
    var values: [(element: DataElement, text: String)] {
        [(DataElement.alternativeItemIdentifier, identifier), (.alternativeOwnerInstitution, owner)].compactMap {
            entry in entry.1.map { (entry.0, $0) }
        }
    }
}
