package import Tags

/// What is asked of the conversion of a stack of items on a pad.
package struct ConversionOrder: Hashable, Sendable {
    /// The items to convert; empty for all that lie on the pad.
    package var barcodes: Set<String>
    package var target: SiteProfile.Target
    /// Only tell what would be done.
    package var isDryRun: Bool

    package init(barcodes: Set<String> = [], target: SiteProfile.Target, isDryRun: Bool = false) {
        self.barcodes = barcodes
        self.target = target
        self.isDryRun = isDryRun
    }
}
