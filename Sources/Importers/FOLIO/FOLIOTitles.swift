/// Titles from instance records, and names of places, that came before the items in the same stream.
///
/// An item names its holdings record, that names its instance, and only the instance has the title. The table is
/// bounded: what comes after ``limit`` entries is not remembered, and the importer says so.
struct FOLIOTitles: Sendable {
    static let limit = 1_000_000
    /// Longer titles are cut, in bytes of UTF-8.
    static let longestTitle = 120

    private var titles: [String: String] = [:]
    private var instances: [String: String] = [:]
    private var places: [String: String] = [:]
    private(set) var isFull = false

    mutating func add(instance: JSONValue) {
        guard let id = instance["id"]?.text, let title = instance["title"]?.text else { return }
        guard titles.count < Self.limit else { return isFull = true }
        titles[id] = String(title.prefix(Self.longestTitle))
    }

    mutating func add(holdings: JSONValue) {
        guard let id = holdings["id"]?.text, let instance = holdings["instanceId"]?.text else { return }
        guard instances.count < Self.limit else { return isFull = true }
        instances[id] = instance
    }

    mutating func add(location: JSONValue) {
        guard let id = location["id"]?.text, let name = location["name"]?.text else { return }
        guard places.count < Self.limit else { return isFull = true }
        places[id] = String(name.prefix(Self.longestTitle))
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
