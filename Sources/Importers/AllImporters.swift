/// Every importer, in the order in which an unknown file is tried: the most particular format first.
package enum AllImporters {
    /// Two that would both take a file stand with the more particular one first: Koha's 952 before any MARC.
    package static let list: [any HoldingsImporter.Type] = [
        KohaCSVImporter.self,
        EvergreenTableImporter.self,
        SymphonyPipesImporter.self,
        KohaRESTImporter.self,
        FOLIOImporter.self,
        KohaMARCImporter.self,
        KohaUNIMARCImporter.self,
        EvergreenMARCImporter.self,
        SymphonyMARCImporter.self,
        MARCImporter.self,
        JSONLinesImporter.self,
        TableImporter.self,
    ]

    /// The importer of this name, as the command line calls it.
    package static func named(_ profile: String) -> (any HoldingsImporter.Type)? {
        list.first { $0.profile == profile }
    }

    /// The profile of a file by its first bytes (64 KiB are enough, uncompressed), with what it was known by.
    package static func guess(firstBytes: ArraySlice<UInt8>) -> (profile: String, reason: String)? {
        let head = FileHead(firstBytes)
        for importer in list {
            if let reason = importer.recognises(head) { return (importer.profile, reason) }
        }
        return nil
    }
}
