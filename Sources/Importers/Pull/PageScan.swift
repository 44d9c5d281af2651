/// What paging reads of a page: how many records, and the identifier of the last.
struct PageScan: Sendable {
    private(set) var records = 0
    private(set) var last: JSONValue?

    /// Counts the records of an array, or of the array under a known name, and parses the last one alone.
    init(_ body: [UInt8], containers: Set<String>) throws(PullFlaw) {
        guard let first = body.first(where: { $0 > 0x20 }), first == 0x5B || first == 0x7B else {
            throw PullFlaw(found: "an answer that is no JSON")
        }
        guard first == 0x5B || !containers.isEmpty else { throw PullFlaw(found: "an object, wanted a list") }
        var framer = JSONFramer(containers: containers)
        framer.append(body[...])
        var record: [UInt8]?
        while let frame = framer.next() {
            guard case .record(let bytes, _) = frame else { throw PullFlaw(found: "a record that is too long") }
            // A page without its array is one object, and that is no record.
            guard containers.isEmpty || containers.contains(framer.container) else { continue }
            records += 1
            record = bytes
        }
        guard framer.end() == nil else { throw PullFlaw(found: "a page that is cut off") }
        guard let record else { return }
        do {
            last = try JSONParser.value(record[...])
        } catch {
            throw PullFlaw(found: "a record that is no JSON")
        }
    }

    /// A whole answer as one value.
    static func value(_ body: [UInt8]) throws(PullFlaw) -> JSONValue {
        do {
            return try JSONParser.value(body[...])
        } catch {
            throw PullFlaw(found: "an answer that is no JSON")
        }
    }
}
