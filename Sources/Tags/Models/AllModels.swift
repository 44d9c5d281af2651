/// Every data model, in the order in which a tag is tried.
///
/// What a checksum proves comes before what is merely well formed, so that a damaged ISO 28560-3 tag is never taken for
/// a chain of ISO 28560-2; what anything can be comes last.
package enum AllModels {
    /// Of models equally sure of a tag the one further in front has it, unless the DSFID names another certain one.
    package static let inOrder: [any TagDataModel.Type] = [
        BlankModel.self,
        Part3Model.self,
        Part2Model.self,
        ThreeMModel.self,
        FrenchModel.self,
        DM11Model.self,
        RawModel.self,
    ]

    /// Whether any model reads the same bytes in another way with this DSFID than with none.
    package static func heed(_ dsfid: UInt8) -> Bool { inOrder.contains { $0.heeds(dsfid) } }
}
