/// One event of an event stream (WHATWG HTML, 9.2 server-sent events).
struct ServerSentEvent: Equatable, Sendable {
    /// `message` when the stream gave no name.
    var name: String
    var data: String
    /// The last id seen on the stream so far: where to go on after a break.
    var id: String?
}

/// Cuts a byte stream into server-sent events, wherever the bytes are split.
///
/// Lines end in CR, LF or CRLF. An event whose lines exceed `largestEvent` is dropped whole: the stream goes on.
struct ServerSentEventParser: Sendable {
    /// 4 MiB: a sweep's summary is a few kilobytes.
    static let largestEvent = 4 << 20

    private(set) var lastID: String?
    private var line: [UInt8] = []
    private var name = ""
    private var data: [UInt8] = []
    private var hasData = false
    private var isTooLong = false
    private var afterCarriageReturn = false

    init() {}

    mutating func feed(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let follows = afterCarriageReturn
            afterCarriageReturn = byte == 0x0D
            switch byte {
            case 0x0A where follows: break
            case 0x0A, 0x0D:
                if let event = endLine() { events.append(event) }
            default:
                if line.count + data.count < Self.largestEvent { line.append(byte) } else { isTooLong = true }
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if line.isEmpty { return endEvent() }
        let parts = line.split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count > 1 ? parts[1] : []
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: parts[0], as: UTF8.self) {
        case "event": name = String(decoding: value, as: UTF8.self)
        case "data":
            if hasData { data.append(0x0A) }
            data += value
            hasData = true
        case "id" where !value.contains(0): lastID = String(decoding: value, as: UTF8.self)
        default: break  // comments, retry, and whatever comes later
        }
        return nil
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer {
            name = ""
            data = []
            hasData = false
            isTooLong = false
        }
        guard hasData, !isTooLong else { return nil }
        return ServerSentEvent(
            name: name.isEmpty ? "message" : name,
            data: String(decoding: data, as: UTF8.self),
            id: lastID
        )
    }
}
