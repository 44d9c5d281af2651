/// What a tag's bytes say about the item it is stuck to, with everything needed to judge and to show it.
///
/// Decoding never fails: bytes that cannot be understood end up in `problems`.
package struct LibraryTag: Hashable, Sendable {
    /// The data model's name: `iso28560-2`, `iso28560-3`, `iso28560-4`, `3m`, `fr01`, `dm11`, `blank`, `raw`.
    package var model: String
    /// How sure it is that the tag is in this model, and why.
    package var recognition: Recognition
    /// What was read, each block's bytes in the usual order; on UHF tags the user bank and behind it the identifier.
    package var memory: TagMemory
    /// The item's barcode as a rule; `nil` when the tag carries none.
    package var primaryItemIdentifier: String?
    /// ISIL of the owner, with its hyphen (ISO 15511).
    package var ownerInstitution: String?
    /// `nil` when the tag says nothing of it that can be read: a single item then.
    package var setInformation: SetInformation?
    /// `nil` when the tag says nothing of it: an item for circulation then.
    package var typeOfUsage: TypeOfUsage?
    /// Every field found, in memory order.
    package var elements: [TagElement]
    /// `nil` in models without one, and where it was not read.
    package var checksum: TagChecksum?
    /// Whether the tag holds its blocks in the usual byte order; to be kept when the tag is rewritten.
    package var blockOrder: BlockOrder
    /// What is wrong or odd, in words for a technician.
    package var problems: [String]

    package init(
        model: String,
        recognition: Recognition,
        memory: TagMemory = TagMemory(bytes: []),
        primaryItemIdentifier: String? = nil,
        ownerInstitution: String? = nil,
        setInformation: SetInformation? = nil,
        typeOfUsage: TypeOfUsage? = nil,
        elements: [TagElement] = [],
        checksum: TagChecksum? = nil,
        blockOrder: BlockOrder = .usual,
        problems: [String] = []
    ) {
        self.model = model
        self.recognition = recognition
        self.memory = memory
        self.primaryItemIdentifier = primaryItemIdentifier
        self.ownerInstitution = ownerInstitution
        self.setInformation = setInformation
        self.typeOfUsage = typeOfUsage
        self.elements = elements
        self.checksum = checksum
        self.blockOrder = blockOrder
        self.problems = problems
    }
}

extension LibraryTag {
    /// Whether a circulation desk may act on what the tag says: the model is certain, there is an identifier and no
    /// checksum speaks against it.
    package var isReliable: Bool {
        recognition.confidence == .certain && primaryItemIdentifier != nil && checksum?.isRight != false
    }

    /// Whether nothing but the checksum speaks against the tag.
    var isPlausible: Bool { recognition.confidence > .no && primaryItemIdentifier != nil }

    /// The element with the number, if the tag has one that is not an empty place holder.
    package func element(_ element: DataElement) -> TagElement? {
        elements.first { $0.oid == element.oid && !$0.isPlaceholder }
    }

    /// The bytes of an element's value as stored; none where it stands outside the memory.
    package func bytes(of element: TagElement) -> ArraySlice<UInt8> {
        memory.bytes[element.valueRange.clamped(to: memory.bytes.indices)]
    }

    /// The owner's ISIL or, where the tag has none, the owner in the library's own code (element 23).
    package var anyOwner: String? {
        ownerInstitution ?? element(.alternativeOwnerInstitution)?.value
    }
}
