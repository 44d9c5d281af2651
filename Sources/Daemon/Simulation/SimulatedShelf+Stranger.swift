import Field
import Tags

extension SimulatedShelf {
    /// The tag of an item that another program has made up, so that its tests can lay it on a pad.
    static func stranger(_ barcode: String, number: Int) throws -> VirtualTag? {
        guard let chip = ChipTable.named("ICODE SLIX") else { return nil }
        let content = TagContent(
            primaryItemIdentifier: barcode,
            ownerInstitution: SimulatedHoldings.owner,
            setInformation: .single,
            typeOfUsage: .circulation
        )
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
        return VirtualTag(
            uid: TagUID(0xE004_0150_00A0_0000 | UInt64(clamping: number) & 0xFFFF),
            chip: chip,
            content: try Part3Model.encode(content, for: geometry),
            dsfid: 0x3E,
            afi: 0x07
        )
    }
}
