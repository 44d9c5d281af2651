package import API
import Foundation
import HTTPTypes
import Hummingbird
import Library
import NIOCore
import NIOHTTP1
import Operations

/// The problems that lie in the request itself; those of readers and sweeps are made where they arise.
extension Problem {
    /// 404: `what` stands for the thing that was asked for, as `tag E004010012345678`.
    package static func notFound(_ what: String, hint: String? = nil) -> Problem {
        Problem(type: "not-found", title: "Not found", status: 404, detail: "\(what): not found", hint: hint)
    }

    /// 404 for a list of items that are looked for.
    static func noList(_ name: String) -> Problem { notFound("list \(name)", hint: "see pressmark sweep lists") }

    /// 400: a field of the request that holds something else than it may, in words without a full stop.
    package static func invalid(_ field: String, found: String, wanted: String, hint: String? = nil) -> Problem {
        Problem(
            type: "invalid-request",
            title: "Invalid request",
            status: 400,
            detail: "\(field): found \(found), wanted \(wanted)",
            hint: hint
        )
    }

    /// 413: the body is longer than `limit` bytes.
    package static func tooLarge(limit: Int) -> Problem {
        Problem(
            type: "too-large",
            title: "Too large",
            status: 413,
            detail: "body: found more than \(limit) bytes",
            hint: "send less at once; docs/api.md has the limits"
        )
    }

    /// 503: the disk of the state folder takes no more, or may not be written to.
    package static func noPlace(for what: String, in folder: String) -> Problem {
        Problem(
            type: "store",
            title: "Database",
            status: 503,
            detail: "\(folder): \(what) cannot be written there",
            hint: "free some space on the disk of the state folder: df -h \(folder)"
        )
    }

    /// 415: the body is not said to be JSON.
    package static let notJSON = Problem(
        type: "unsupported-media-type",
        title: "Unsupported media type",
        status: 415,
        detail: "Content-Type: wanted application/json",
        hint: "send the body as JSON and say so in Content-Type"
    )

    /// 500: an error that no other problem describes; nothing of it is told to the caller, it stands in the log.
    package static let `internal` = Problem(
        type: "internal",
        title: "Internal error",
        status: 500,
        detail: "the daemon could not do this",
        hint: "its log says why: journalctl -u pressmarkd"
    )
}

extension Problem {
    /// The problem behind an error that a route or Hummingbird itself has thrown.
    init(_ error: any Error, path: String) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as AccessRefusal: self.init(refusal)
        case let refusal as SweepRefusal: self.init(refusal)
        case let failure as ImportFailure: self.init(failure)
        case let failure as BackupFailure: self.init(failure)
        case let refusal as PullRefusal: self.init(refusal)
        case let refusal as WriteBackRefusal: self.init(refusal)
        case let refusal as SettingsRefusal: self.init(refusal)
        case let error as StationError: self.init(error)
        case let error as CirculationError: self.init(error)
        case let number as UnsortableCallNumber: self.init(number)
        case let error as DecodingError: self = .invalid(error.field, found: error.found, wanted: error.wanted)
        case is NIOTooManyBytesError: self = .tooLarge(limit: RequestLimits.json)
        // The line broke in the middle of the body, or what came is no HTTP.
        case is HTTPParserError: self = .invalid("body", found: "one that broke off", wanted: "the whole of it")
        case let error as any HTTPResponseError where error.status == .notFound:
            self = .notFound(path, hint: Self.routes)
        case let error as any HTTPResponseError:
            self.init(
                type: "http-\(error.status.code)",
                title: error.status.reasonPhrase,
                status: error.status.code,
                detail: (error as? HTTPError)?.body ?? path,
                hint: Self.routes
            )
        default: self = StoreTrouble(error).map { Problem($0) } ?? .internal
        }
    }
}

extension Problem {
    private static let routes = "GET /v1/openapi.json has every route and what it takes"
}

extension DecodingError {
    fileprivate var field: String {
        let path: [any CodingKey]
        switch self {
        case .keyNotFound(let key, let context): path = context.codingPath + [key]
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            path = context.codingPath
        @unknown default: path = []
        }
        return path.isEmpty ? "body" : path.map { $0.stringValue }.joined(separator: ".")
    }

    fileprivate var found: String {
        switch self {
        case .keyNotFound: "nothing"
        case .valueNotFound: "null"
        case .typeMismatch: "another kind of value"
        default: "something else"
        }
    }

    fileprivate var wanted: String {
        switch self {
        case .typeMismatch(let type, _), .valueNotFound(let type, _): "\(type)".lowercased()
        case .keyNotFound: "a value"
        case .dataCorrupted(let context): context.debugDescription.isEmpty ? "JSON" : context.debugDescription
        @unknown default: "JSON"
        }
    }
}
