/// A way of laying out a library item's data in a tag's memory.
///
/// Adding one touches its own folder, its tests and one line in `AllModels.swift`.
package protocol TagDataModel: Sendable {
    /// The name shown to people and used in JSON: `iso28560-2`.
    static var name: String { get }

    /// Whether the memory is laid out in this model, how sure that is, and why. Total: any bytes are answered.
    static func recognise(_ memory: TagMemory) -> Recognition

    /// Everything the memory says when read in this model. Total: what cannot be understood becomes a problem.
    static func decode(_ memory: TagMemory) -> LibraryTag

    /// The bytes of the whole user memory for `content`; refuses what does not fit or cannot be said in this model.
    ///
    /// Encoding what ``decode(_:)`` found on a tag gives the same bytes again.
    static func encode(_ content: TagContent, for geometry: MemoryGeometry) throws(EncodeError) -> [UInt8]
}

/// What shall stand on a tag, whatever the model: the elements of ISO 28560-1.
package struct TagContent: Hashable, Sendable {
    package var primaryItemIdentifier: String
    /// ISIL with its hyphen.
    package var ownerInstitution: String?
    package var setInformation: SetInformation?
    package var typeOfUsage: TypeOfUsage?
    /// Further elements by number (ISO 28560-1: 6 shelf location, 17 title, …), as text.
    package var others: [Int: String]
    /// Element numbers that shall end up in locked blocks; empty unless a site asks for it, since locking is for ever.
    package var lockedElements: Set<Int>

    package init(
        primaryItemIdentifier: String,
        ownerInstitution: String? = nil,
        setInformation: SetInformation? = nil,
        typeOfUsage: TypeOfUsage? = nil,
        others: [Int: String] = [:],
        lockedElements: Set<Int> = []
    ) {
        self.primaryItemIdentifier = primaryItemIdentifier
        self.ownerInstitution = ownerInstitution
        self.setInformation = setInformation
        self.typeOfUsage = typeOfUsage
        self.others = others
        self.lockedElements = lockedElements
    }
}
