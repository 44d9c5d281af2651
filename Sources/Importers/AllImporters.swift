/// Every importer, in the order in which an unknown file is tried: the most particular format first.
package enum AllImporters {
    package static let list: [any HoldingsImporter.Type] = [
        KohaCSVImporter.self
    ]

    /// The importer of this name, as the command line calls it.
    package static func named(_ profile: String) -> (any HoldingsImporter.Type)? {
        list.first { $0.profile == profile }
    }
}
