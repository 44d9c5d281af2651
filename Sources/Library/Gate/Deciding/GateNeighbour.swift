/// A library nearby whose items are carried through our gates.
package struct GateNeighbour: Hashable, Sendable {
    /// As staff call it.
    package var name: String
    /// Its ISILs, for tags that name their owner.
    package var institutions: Set<String>
    /// How its barcodes begin, for tags that do not.
    package var prefixes: [String]

    package init(name: String, institutions: Set<String> = [], prefixes: [String] = []) {
        self.name = name
        self.institutions = institutions
        self.prefixes = prefixes
    }

    /// Whether a tag with this owner, or without one and with this barcode, is one of theirs.
    package func owns(institution: String?, barcode: String) -> Bool {
        if let institution, !institution.isEmpty { return institutions.contains(institution) }
        return prefixes.contains { !$0.isEmpty && barcode.hasPrefix($0) }
    }
}
