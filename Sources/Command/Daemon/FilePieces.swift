import Foundation
import NIOCore

/// A file or standard input in pieces small enough to send one by one.
struct FilePieces: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    /// The file's name alone, for the daemon's records.
    let name: String
    /// Known for regular files only.
    let byteCount: Int64?
    private let handle: FileHandle

    /// `-` is standard input.
    init(path: String) throws(Complaint) {
        if path == "-" {
            name = "standard input"
            byteCount = nil
            handle = .standardInput
            return
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Complaint("\(path): cannot be opened: \(String(cString: strerror(errno)))", isUsage: true)
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType != .typeDirectory else {
            throw Complaint("\(path): found a folder, wanted a file", isUsage: true)
        }
        let isRegular = attributes?[.type] as? FileAttributeType == .typeRegular
        name = URL(filePath: path).lastPathComponent
        byteCount = isRegular ? (attributes?[.size] as? NSNumber)?.int64Value : nil
        self.handle = handle
    }

    func makeAsyncIterator() -> Iterator { Iterator(handle: handle) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let handle: FileHandle

        mutating func next() async throws -> ByteBuffer? {
            guard let piece = try handle.read(upToCount: 256 << 10), !piece.isEmpty else { return nil }
            return ByteBuffer(bytes: piece)
        }
    }
}

extension FilePieces {
    /// All of a small file as UTF-8 text; one of more than `limit` bytes is refused.
    func text(upTo limit: Int) async throws -> String {
        var buffer = ByteBuffer()
        for try await var piece in self {
            buffer.writeBuffer(&piece)
            guard buffer.readableBytes <= limit else {
                throw Complaint("\(name): found more than \(limit) bytes, wanted less", isUsage: true)
            }
        }
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
            throw Complaint("\(name): found bytes that are no UTF-8, wanted text", isUsage: true)
        }
        return text
    }
}
