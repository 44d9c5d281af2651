import Foundation
import Interfaces

extension Configuration {
    /// A dialect that pages of a library system speak to a pad of this workstation.
    struct Dialect: Equatable, Sendable {
        var name: String
        var port: Int
        /// `nil` for the first pad.
        var reader: String?
        /// Pages that may ask: `https://koha.example.org`.
        var origins: [String] = []
        var writesTags = false
        var showsCards = false

        /// What is spoken where the configuration says nothing.
        static let standard = Dialect(
            name: BibliothecaDialect.identity.name,
            port: BibliothecaDialect.identity.port
        )
    }
}

/// `[[dialect]]`: the pages that may speak to a pad, and how.
extension ConfigurationFile {
    /// The dialects of the file; the first of all dialects is spoken unless the file turns it off.
    static func dialects(from top: inout ConfigurationTable, pads: [String]) -> [Configuration.Dialect] {
        var named: Set<String> = []
        var dialects: [Configuration.Dialect] = []
        for var table in top.subtables("dialect") {
            if let (dialect, isOn) = dialect(from: &table, pads: pads) {
                if !named.insert(dialect.name).inserted {
                    table.refuse("name", found: "\"\(dialect.name)\" a second time", wanted: "each dialect once")
                }
                if let other = dialects.first(where: { $0.port == dialect.port }), isOn {
                    table.refuse("port", found: "\(dialect.port), which \(other.name) has", wanted: "a port of its own")
                }
                if isOn { dialects.append(dialect) }
            }
            table.finish()
            top.merge(table)
        }
        let standard = Configuration.Dialect.standard
        return named.contains(standard.name) ? dialects : [standard] + dialects
    }

    private static func dialect(
        from table: inout ConfigurationTable,
        pads: [String]
    ) -> (Configuration.Dialect, isOn: Bool)? {
        let known = AllDialects.list.map { "\"\($0.identity.name)\"" }.joined(separator: ", ")
        let name = table.required("name", wanted: "one of \(known)")
        let type = name.flatMap(AllDialects.named)
        if let name, type == nil { table.refuse("name", found: "\"\(name)\"", wanted: "one of \(known)") }
        let isOn = table.boolean("enabled") ?? true
        let port = table.integer("port", in: 1...65535)
        let reader = table.string("reader", wanted: "the name of a reader whose role is \"pad\"")
        if let reader, !pads.contains(reader) {
            let wanted = pads.isEmpty ? "a reader whose role is \"pad\"" : "one of \(pads.joined(separator: ", "))"
            table.refuse("reader", found: "\"\(reader)\"", wanted: wanted)
        }
        let origins = table.strings("origins") ?? []
        for origin in origins where !isOrigin(origin) {
            table.refuse(
                "origins",
                found: "\"\(origin)\"",
                wanted: "a page's scheme and host without a path, such as \"https://koha.example.org\""
            )
        }
        let writesTags = table.boolean("writes-tags") ?? false
        let showsCards = table.boolean("patron-cards") ?? false
        guard let type else { return nil }
        let dialect = Configuration.Dialect(
            name: type.identity.name,
            port: port ?? type.identity.port,
            reader: reader,
            origins: origins,
            writesTags: writesTags,
            showsCards: showsCards
        )
        return (dialect, isOn)
    }

    /// A star is no origin: there is no list of everybody.
    private static func isOrigin(_ text: String) -> Bool {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host() else {
            return false
        }
        return ["http", "https"].contains(scheme) && !host.isEmpty && !host.contains("*")
            && ["", "/"].contains(url.path()) && url.query() == nil && url.fragment() == nil && url.user() == nil
    }
}
