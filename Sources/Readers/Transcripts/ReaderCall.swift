package import Tags
import Wire

/// What was asked of a reader, as a line of text a person can read and a replay can ask again.
///
///     inventory
///     inventory C2
///     exchange 22 2B 74 CE 09 33 50 01 04 E0
///     ping
///     reset field
///
/// The bytes of an exchange are the request as it goes on air, without checksum.
package enum ReaderCall: Hashable, Sendable {
    case inventory(afi: UInt8?)
    case exchange(ISO15693.Request, TagUID)
    case ping
    case resetField
}

extension ReaderCall {
    /// `nil` when the text is no call.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        let rest = words.dropFirst().joined()
        switch (words.first, rest) {
        case ("inventory", ""): self = .inventory(afi: nil)
        case ("inventory", _):
            guard let bytes = try? Hex.bytes(rest), bytes.count == 1 else { return nil }
            self = .inventory(afi: bytes.first)
        case ("exchange", _):
            guard let bytes = try? Hex.bytes(rest), let frame = try? ISO15693.RequestFrame(bytes),
                let uid = frame.header.uid
            else { return nil }
            self = .exchange(frame.request, uid)
        case ("ping", ""): self = .ping
        case ("reset", "field"): self = .resetField
        default: return nil
        }
    }

    /// The call as one line.
    package var text: String {
        switch self {
        case .inventory(nil): "inventory"
        case .inventory(let afi?): "inventory " + Hex.string(afi)
        case .exchange(let request, let uid):
            "exchange " + Hex.string((try? ISO15693.RequestFrame(request, to: uid))?.bytes ?? [], separator: " ")
        case .ping: "ping"
        case .resetField: "reset field"
        }
    }

    /// Asks the reader and tells in words what came of it: tags, the answer's bytes, or the error.
    package func outcome(on reader: inout any Reader & ~Copyable) async -> String {
        do throws(ReaderError) {
            switch self {
            case .inventory(let afi):
                return Self.outcome(.success(try await reader.inventory(afi: afi)))
            case .exchange(let request, let uid):
                return Self.outcome(.success(try await reader.exchange(request, with: uid)), of: request)
            case .ping:
                try await reader.ping()
            case .resetField:
                try await reader.resetField()
            }
            return "done"
        } catch {
            return "failed: \(error)"
        }
    }

    static func outcome(_ result: Result<Inventory, ReaderError>) -> String {
        switch result {
        case .success(let inventory):
            "found" + inventory.tags.map { " \($0.uid)" }.joined() + (inventory.incomplete ? " and more" : "")
        case .failure(let error): "failed: \(error)"
        }
    }

    static func outcome(_ result: Result<ISO15693.Response, ReaderError>, of request: ISO15693.Request) -> String {
        switch result {
        case .success(let response):
            "answered " + Hex.string(response.content(answering: request), separator: " ")
        case .failure(let error): "failed: \(error)"
        }
    }
}
