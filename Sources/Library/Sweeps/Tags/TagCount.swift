/// So many items' tags of one owner with one AFI, as they were read last.
package struct TagCount: Hashable, Sendable {
    /// ISIL; `nil` where the tags name none.
    package var owner: String?
    /// `nil` where none was read.
    package var afi: UInt8?
    /// How many tags; each part of a set counts.
    package var count: Int

    package init(owner: String?, afi: UInt8?, count: Int) {
        self.owner = owner
        self.afi = afi
        self.count = count
    }
}
