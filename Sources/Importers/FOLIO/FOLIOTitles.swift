/// Titles from instance records, and names of places, that came before the items in the same stream.
///
/// An item names its holdings record, that names its instance, and only the instance has the title. The table is
/// bounded: what comes after ``limit`` entries is not remembered, and the importer says so.
struct FOLIOTitles: Sendable {
    static let limit = 1_000_000
    /// Longer titles are cut, in characters; one that is told in many accents also at four bytes for each.
    static let longestTitle = 120
    /// Identifiers are UUIDs of 36 bytes: what is longer is none, and not remembered.
    static let longestIdentifier = 64

    private var titles: [String: String] = [:]
    private var instances: [String: String] = [:]
    private var places: [String: String] = [:]
    private(set) var isFull = false

    mutating func add(instance: JSONValue) {
        guard let id = Self.identifier(instance["id"]), let title = instance["title"]?.text else { return }
        guard titles.count < Self.limit else { return isFull = true }
        titles[id] = Self.cut(title)
    }

    mutating func add(holdings: JSONValue) {
        guard let id = Self.identifier(holdings["id"]), let instance = Self.identifier(holdings["instanceId"]) else {
            return
        }
        guard instances.count < Self.limit else { return isFull = true }
        instances[id] = instance
    }

    mutating func add(location: JSONValue) {
        guard let id = Self.identifier(location["id"]), let name = location["name"]?.text else { return }
        guard places.count < Self.limit else { return isFull = true }
        places[id] = Self.cut(name)
    }

    private static func identifier(_ value: JSONValue?) -> String? {
        value?.text.flatMap { $0.utf8.count <= longestIdentifier ? $0 : nil }
    }

    /// A character may have any number of accents, and the table is kept in memory.
    private static func cut(_ text: String) -> String {
        let short = text.prefix(longestTitle)
        var left = 4 * longestTitle
        guard short.utf8.count > left else { return String(short) }
        let scalars = short.unicodeScalars.prefix { scalar in
            left -= UTF8.width(scalar)
            return left >= 0
        }
        return String(scalars)
    }

    /// The name of a place by its identifier; what is none, or of no place that came, stays as it is.
    func place(_ id: String?) -> String? {
        id.map { places[$0] ?? $0 }
    }

    func instance(ofHoldings id: String?) -> String? {
        id.flatMap { instances[$0] }
    }

    func title(ofInstance id: String?) -> String? {
        id.flatMap { titles[$0] }
    }
}
