/// How an export is compressed.
package enum Compression: String, Hashable, Sendable, CaseIterable {
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd

    /// By the first bytes of a file; `nil` when it is not compressed in a way we know.
    package init?(_ head: some Collection<UInt8>) {
        if head.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else {
            return nil
        }
    }
}

/// Why a compressed export cannot be expanded to its end.
package enum ExpandError: Error, Hashable, Sendable {
    /// The file ends before its compressed stream does; `at` bytes were read.
    case truncated(Compression, at: Int)
    /// The bytes around this place are not what the format allows, or a checksum is wrong.
    case damaged(Compression, at: Int, detail: String)
    /// It expands to more than any export: made to fill a disk.
    case tooLarge(limit: Int)
    /// It expands more than a thousandfold.
    case tooDense(expanded: Int, from: Int)
    case noMemory(Compression)
}

extension ExpandError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated(let compression, let place):
            "the \(compression.rawValue) file is cut off: found its end at byte \(place), wanted the end of the stream"
        case .damaged(let compression, let place, let detail):
            "the \(compression.rawValue) file is damaged near byte \(place): \(detail)"
        case .tooLarge(let limit): "the file expands to more than \(limit >> 30) GiB"
        case .tooDense(let expanded, let packed):
            "the file expands from \(packed) to more than \(expanded) bytes, which no list of items does"
        case .noMemory(let compression): "no memory to expand \(compression.rawValue)"
        }
    }
}
