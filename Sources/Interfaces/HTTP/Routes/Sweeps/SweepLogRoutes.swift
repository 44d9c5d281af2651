import API
import Foundation
import Hummingbird
import Library
import NIOCore
import Operations

/// A sweep's log, out and in, and changes of status while it runs.
struct SweepLogRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/sweeps/:id/sightings") { _, context in
            let id = try context.sweep
            _ = try await desk.sweeps.sweep(id)
            let log = try desk.sightingLog(of: id)
            return Response.text(log, type: "text/csv")
        }
        router.post("/v1/sweeps/:id/sightings") { request, context in
            let id = try context.sweep
            try await desk.check(context.caller, for: id)
            let lines = TextLines(BoundedBody(request.body, limit: RequestLimits.importFile))
            let name = String((request.word("name") ?? "upload").prefix(100))
            return try Response.json(UploadReport(try await desk.sweeps.upload(lines, named: name, to: id)))
        }
        router.post("/v1/status-changes") { request, _ in
            let asked: [StatusChangeRequest] = try await request.json()
            let changes = try asked.map { change in
                guard let status = ItemStatus(rawValue: change.status) else {
                    let known = ItemStatus.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Problem.invalid("status", found: "'\(change.status)'", wanted: "one of \(known)")
                }
                guard !change.barcode.isEmpty else {
                    throw Problem.invalid("barcode", found: "nothing", wanted: "an item's barcode")
                }
                let at = try change.at.map { date in
                    guard let milliseconds = Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded()) else {
                        throw Problem.invalid("at", found: "'\(date)'", wanted: "a moment of this age")
                    }
                    return Moment(milliseconds: milliseconds)
                }
                return StatusChange(barcode: change.barcode, status: status, at: at ?? desk.time.now())
            }
            try await desk.sweeps.take(changes)
            return try Response.json(asked)
        }
    }
}

/// The lines of a text that comes in pieces; of a line longer than a kilobyte the rest is left out, since no sighting is
/// so long.
struct TextLines: AsyncSequence, Sendable {
    typealias Element = String
    typealias Failure = any Error

    private let body: BoundedBody

    init(_ body: BoundedBody) {
        self.body = body
    }

    func makeAsyncIterator() -> Iterator { Iterator(pieces: body.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var pieces: BoundedBody.Iterator
        private var rest: [UInt8] = []
        private var place = 0
        private var isOver = false
        /// Whether the rest of a line is left out: it is no line of its own, which would be counted and taken for one.
        private var isSkipping = false

        fileprivate init(pieces: BoundedBody.Iterator) {
            self.pieces = pieces
        }

        private static let longest = 1024

        @concurrent mutating func next() async throws -> String? {
            while true {
                if isSkipping {
                    let end = rest[place...].firstIndex(of: 0x0A)
                    isSkipping = end == nil
                    place = end.map { $0 + 1 } ?? rest.count
                }
                let reach = Swift.min(rest.count, place + Self.longest + 1)
                if let end = rest[place..<reach].firstIndex(of: 0x0A) { return line(upTo: end, over: 1) }
                if rest.count - place > Self.longest {
                    isSkipping = true
                    return line(upTo: place + Self.longest, over: 0)
                }
                if isOver { return place < rest.count ? line(upTo: rest.count, over: 0) : nil }
                rest.removeFirst(place)
                place = 0
                if let piece = try await pieces.next() { rest += piece } else { isOver = true }
            }
        }

        private mutating func line(upTo end: Int, over: Int) -> String {
            defer { place = end + over }
            return String(decoding: rest[place..<end], as: UTF8.self)
        }
    }
}
