/// A way of laying out a library item's data in a tag's memory.
///
/// Adding one touches its own folder, its tests and one line in `AllModels.swift`.
package protocol TagDataModel: Sendable {
    /// The name shown to people and used in JSON: `iso28560-2`.
    static var name: String { get }

    /// The data storage format identifier such tags should carry; `nil` where none was ever agreed.
    static var dsfid: UInt8? { get }

    /// Whether the model reads the same bytes in another way with this DSFID than with none.
    static func heeds(_ dsfid: UInt8) -> Bool

    /// Whether the memory is laid out in this model, how sure that is, and why. Total: any bytes are answered.
    static func recognise(_ memory: TagMemory) -> Recognition

    /// Everything the memory says when read in this model. Total: what cannot be understood becomes a problem.
    static func decode(_ memory: TagMemory) -> LibraryTag

    /// The bytes of the whole user memory for `content`; refuses what does not fit or cannot be said in this model.
    ///
    /// Encoding what ``decode(_:)`` found on a tag gives the same bytes again.
    static func encode(_ content: TagContent, for geometry: MemoryGeometry) throws(EncodeError) -> [UInt8]
}

extension TagDataModel {
    package static func heeds(_ dsfid: UInt8) -> Bool { dsfid == Self.dsfid }
}
