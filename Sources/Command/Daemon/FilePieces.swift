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
    private let stamp: Stamp?
    private var first: ByteBuffer?

    /// `-` is standard input.
    init(path: String) throws(Complaint) {
        if path == "-" {
            name = "standard input"
            byteCount = nil
            handle = .standardInput
            stamp = nil
            return
        }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw Complaint(notOpened: path, errno) }
        // Of the opened file and not of its name, which may be that of a link.
        let stamp = Stamp(handle)
        guard stamp?.isFolder != true else { throw Complaint("\(path): found a folder, wanted a file", isUsage: true) }
        name = URL(filePath: path).lastPathComponent
        byteCount = stamp.flatMap { $0.isRegular ? Int64($0.size) : nil }
        self.handle = handle
        self.stamp = stamp
    }

    func makeAsyncIterator() -> Iterator { Iterator(handle: handle, name: name, stamp: stamp, held: first) }

    /// These pieces with the first one read: a program at the other end of a pipe may take its time to begin, and the
    /// daemon waits ten seconds for nobody.
    func begun() throws -> FilePieces {
        var begun = self
        begun.first = try makeAsyncIterator().read()
        return begun
    }

    /// What tells whether a file was written to: its size and when it was changed.
    fileprivate struct Stamp: Equatable, Sendable {
        var size: Int
        var seconds: Int
        var nanoseconds: Int
        var isRegular: Bool
        var isFolder: Bool

        init?(_ handle: FileHandle) {
            var status = stat()
            guard fstat(handle.fileDescriptor, &status) == 0 else { return nil }
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
            isRegular = status.st_mode & S_IFMT == S_IFREG
            isFolder = status.st_mode & S_IFMT == S_IFDIR
        }
    }

    /// One piece behind the file: the last is handed out only when nobody has written to the file meanwhile, so that
    /// whoever takes the pieces never has a whole file made of two states.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate let handle: FileHandle
        fileprivate let name: String
        fileprivate let stamp: Stamp?
        private var held: ByteBuffer?
        private var hasBegun = false

        fileprivate init(handle: FileHandle, name: String, stamp: Stamp?, held: ByteBuffer?) {
            self.handle = handle
            self.name = name
            self.stamp = stamp
            self.held = held
        }

        mutating func next() async throws -> ByteBuffer? {
            guard stamp?.isRegular == true else {
                // Whether a pipe's content is of one state only its other end knows: it goes on as it comes.
                defer { held = nil }
                return try held ?? read()
            }
            if !hasBegun {
                hasBegun = true
                if held == nil { held = try read() }
            }
            guard let piece = held else { return nil }
            held = try read()
            if held == nil, let stamp, stamp.isRegular, Stamp(handle) != stamp {
                throw Complaint(
                    "\(name): was written to while it was read",
                    hint: "wait until the export is finished, then import it; nothing was changed"
                )
            }
            return piece
        }

        /// What there is, a byte at least, `nil` at the end: of a slow pipe a whole piece may be minutes away.
        fileprivate func read() throws -> ByteBuffer? {
            var bytes = [UInt8](repeating: 0, count: 256 << 10)
            while true {
                let count = Foundation.read(handle.fileDescriptor, &bytes, bytes.count)
                if count > 0 { return ByteBuffer(bytes: bytes[..<count]) }
                if count == 0 { return nil }
                guard errno == EINTR else {
                    throw Complaint("\(name): cannot be read: \(String(cString: strerror(errno)))")
                }
            }
        }
    }
}

extension Complaint {
    /// A file that the command itself opens: its path begins where the command was given, and the daemon's rights say nothing.
    init(notOpened path: String, _ code: Int32) {
        let hint: String? =
            switch code {
            case ENOENT, ENOTDIR: "look for it with ls; a path without / before it begins in the folder you are in"
            case EACCES, EPERM: "this user may not read it: give it to the user, or put sudo before the command"
            default: nil
            }
        self.init("\(path): cannot be opened: \(String(cString: strerror(code)))", hint: hint, isUsage: true)
    }
}

extension FilePieces {
    private static let byteOrderMark: Unicode.Scalar = "\u{FEFF}"

    /// All of a small file as UTF-8 text, without the byte order mark that Windows puts before it; one of more than `limit`
    /// bytes is refused.
    func text(upTo limit: Int) async throws -> String {
        var buffer = ByteBuffer()
        for try await var piece in self {
            buffer.writeBuffer(&piece)
            guard buffer.readableBytes <= limit else {
                throw Complaint("\(name): found more than \(limit) bytes, wanted less", isUsage: true)
            }
        }
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
            throw Complaint(
                "\(name): found bytes that are no UTF-8, wanted text",
                hint: "save it as UTF-8, or turn it into that: iconv -t UTF-8 -f UTF-16, or -f WINDOWS-1252",
                isUsage: true
            )
        }
        let scalars = text.unicodeScalars
        return scalars.first == Self.byteOrderMark ? String(scalars.dropFirst()) : text
    }
}
