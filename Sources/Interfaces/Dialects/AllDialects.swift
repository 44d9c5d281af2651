/// Every dialect there is; the first is spoken where the configuration says nothing, because it tells its clients most
/// and the Koha plugin would take MK's before it.
package enum AllDialects {
    package static let list: [any WorkstationDialect.Type] = [
        BibliothecaDialect.self,
        MKSolutionsDialect.self,
        CircITDialect.self,
    ]

    package static func named(_ name: String) -> (any WorkstationDialect.Type)? {
        list.first { $0.identity.name == name }
    }
}
