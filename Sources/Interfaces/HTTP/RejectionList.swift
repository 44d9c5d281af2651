import API
import Hummingbird
import Library
import NIOCore
import Operations

/// The rejected rows of a snapshot as CSV, portion by portion however many there are.
struct RejectionList {
    let desk: ServiceDesk
    let snapshot: Int64

    private static let portion = 2000

    var response: Response {
        get throws {
            let first = try desk.rejections(of: snapshot, limit: Self.portion, offset: 0)
            return Response(
                status: .ok,
                headers: [.contentType: "text/csv; charset=utf-8"],
                body: .apart { writer in
                    try await writer.write(ByteBuffer(string: CSV.line(["line", "cause", "row"])))
                    var rows = first
                    var offset = 0
                    while !rows.isEmpty {
                        let lines = rows.map { CSV.line([String($0.line), $0.cause, $0.text]) }
                        try await writer.write(ByteBuffer(string: lines.joined()))
                        offset += rows.count
                        rows = try desk.rejections(of: snapshot, limit: Self.portion, offset: offset)
                    }
                    try await writer.finish(nil)
                }
            )
        }
    }
}
