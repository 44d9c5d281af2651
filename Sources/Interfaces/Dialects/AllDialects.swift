/// Every dialect there is; the first is spoken where the configuration says nothing, because it tells its clients most
/// and the Koha plugin would take MK's before it.
package enum AllDialects {
    /// In the order in which they are offered; the configuration names one by its ``DialectIdentity/name``.
    package static let list: [any WorkstationDialect.Type] = [
        BibliothecaDialect.self,
        MKSolutionsDialect.self,
        CircITDialect.self,
    ]

    /// `nil` for a name that no dialect has.
    package static func named(_ name: String) -> (any WorkstationDialect.Type)? {
        list.first { $0.identity.name == name }
    }
}
