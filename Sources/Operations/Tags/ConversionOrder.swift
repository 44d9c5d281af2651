package import Tags

/// What is asked of the conversion of a stack of items on a pad.
package struct ConversionOrder: Hashable, Sendable {
    /// The items to convert; empty for all that lie on the pad.
    package var barcodes: Set<String>
    /// The data model that the tags shall have.
    package var target: SiteProfile.Target
    /// Only tell what would be done.
    package var isDryRun: Bool
    /// Convert tags of ISO 28560-3 whose checksum is wrong as well, this time, whatever the site's profile says.
    package var acceptsWrongChecksums: Bool
    /// The word that blocks may be locked where the site's profile wants elements locked; without it none is.
    package var locking: Consent?

    package init(
        barcodes: Set<String> = [],
        target: SiteProfile.Target,
        isDryRun: Bool = false,
        acceptsWrongChecksums: Bool = false,
        locking: Consent? = nil
    ) {
        self.barcodes = barcodes
        self.target = target
        self.isDryRun = isDryRun
        self.acceptsWrongChecksums = acceptsWrongChecksums
        self.locking = locking
    }
}
