import Foundation

/// A file that a command writes: it gets its name when it is whole, and until then what stood there before stays.
enum OutputFile {
    /// Why bytes could not be written.
    struct Failure: Error, Equatable {
        /// As the kernel says it: `ENOSPC`, `EPIPE`.
        var code: CInt
    }

    /// Takes the bytes of one file.
    struct Pen {
        /// As the command line names it.
        fileprivate let path: String
        fileprivate let descriptor: CInt
        /// Whether what was written can be read again: a device or a pipe has passed it on.
        let isPlain: Bool

        /// Writes all of it; throws a ``Complaint`` where the file does not take it.
        func callAsFunction(_ bytes: Data) throws {
            do throws(Failure) {
                try OutputFile.put(bytes, to: descriptor)
            } catch {
                throw Complaint(notWritten: path, error)
            }
        }

        /// The file from its start, as it is on the disk by now.
        func readAgain() throws -> FileHandle {
            guard fsync(descriptor) == 0 else { throw Complaint(notWritten: path, Failure(code: errno)) }
            let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            try file.seek(toOffset: 0)
            return file
        }
    }

    /// Refuses a name under which nothing can be written, before anything is asked for: one that is taken and may not be
    /// replaced, a folder, a place that is not there or not one's own.
    static func check(_ path: String, mayReplace: Bool) throws(Complaint) {
        guard path != "-" else {
            throw Complaint("-: found standard output, wanted the name of a file", hint: "./- names one", isUsage: true)
        }
        let target = target(of: path)
        var facts = stat()
        if stat(target, &facts) == 0 {
            guard facts.st_mode & S_IFMT != S_IFDIR else {
                throw Complaint(notWritten: path, Failure(code: EISDIR))
            }
            guard mayReplace else {
                throw Complaint(
                    "\(path): found a file of that name",
                    hint: "take another name, or --force",
                    isUsage: true
                )
            }
            guard facts.st_mode & S_IFMT == S_IFREG else { return }
        }
        let folder = URL(filePath: target).deletingLastPathComponent().path
        guard access(folder, W_OK | X_OK) == 0 else { throw Complaint(notWritten: path, Failure(code: errno)) }
    }

    /// Writes what `body` hands out to a file of this name. The file is opened before `body` begins, so that nothing is
    /// asked for that cannot be kept; what is no plain file, such as a device or a pipe, is written to as it is.
    ///
    /// - Parameter isPrivate: whether nobody but its owner may read it; otherwise a file that is there keeps its
    ///   permissions, and a new one has those that are usual for whoever writes it (umask).
    static func fill<Result>(
        _ path: String,
        isPrivate: Bool = false,
        _ body: (_ put: Pen) async throws -> Result
    ) async throws -> Result {
        let target = target(of: path)
        var facts = stat()
        let isThere = stat(target, &facts) == 0
        let isPlain = !isThere || facts.st_mode & S_IFMT == S_IFREG
        let place = isPlain ? partName(of: target) : target
        if isPlain { removeDeadParts(beside: target) }
        // Nothing that lies there already is written to, nor what a link leads to.
        let flags = O_CLOEXEC | (isPlain ? O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW : O_WRONLY)
        let descriptor = open(place, flags, isThere || isPrivate ? 0o600 : 0o666)
        guard descriptor >= 0 else { throw Complaint(notWritten: path, Failure(code: errno)) }
        // Whoever cleans up after us can tell that we are at work; it ends with the process, however that ends.
        if isPlain { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
        do {
            // A file system without permissions keeps those that it gives to all.
            if isPlain, isThere, !isPrivate { _ = fchmod(descriptor, facts.st_mode & 0o777) }
            let result = try await body(Pen(path: path, descriptor: descriptor, isPlain: isPlain))
            if isPlain {
                // On the disk first: a full one may say so only now.
                guard fsync(descriptor) == 0, rename(place, target) == 0 else {
                    throw Complaint(notWritten: path, Failure(code: errno))
                }
            }
            close(descriptor)
            return result
        } catch {
            close(descriptor)
            if isPlain { unlink(place) }
            throw error
        }
    }

    /// A link stays a link: what it leads to is replaced.
    private static func target(of path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }

    /// Where a file is written until it is whole: beside it, under a name that nobody else has or can foresee.
    private static func partName(of target: String) -> String {
        let start = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
        let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        // A name may have 255 bytes (NAME_MAX), what is added included.
        let name = target[start...].utf8.count < 200 ? target[start...] : "file"
        let zeros = String(repeating: "0", count: max(0, randomLength - random.count))
        return "\(target[..<start])\(name)\(partMark)\(zeros)\(random).part"
    }

    /// What stands in the name of a part and in hardly any other.
    private static let partMark = ".pressmark-"
    /// Digits to the base of 36 of the largest number of 64 bits.
    private static let randomLength = 13
    /// What has rested for so long, and whose writer has ended, is nobody's.
    private static let restSeconds = 86_400

    /// Whether a file was begun under this name, whatever it was to be called.
    static func isPart(_ name: String) -> Bool {
        guard name.hasSuffix(".part"), let mark = name.range(of: partMark, options: .backwards) else { return false }
        let random = name[mark.upperBound...].dropLast(".part".count)
        return random.count == randomLength
            && random.allSatisfy { ("0"..."9").contains($0) || ("a"..."z").contains($0) }
    }

    /// Removes what commands that were killed have left in the folder: a backup that is killed each night would fill the
    /// disk. Of the caller's own alone, a day old, and locked by nobody who still writes; what cannot be looked at stays.
    private static func removeDeadParts(beside target: String) {
        let folder = URL(filePath: target).deletingLastPathComponent().path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where isPart(name) {
            let path = "\(folder)/\(name)"
            // What lies under that name and is no file, such as a pipe, must not make us wait.
            let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var facts = stat()
            guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_uid == geteuid(),
                facts.st_mtim.tv_sec < time(nil) - restSeconds, flock(descriptor, LOCK_EX | LOCK_NB) == 0
            else { continue }
            unlink(path)
        }
    }

    /// Writes all of it, however the kernel takes it.
    static func put(_ bytes: Data, to descriptor: CInt) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: break
            case EAGAIN:
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            default: throw Failure(code: errno)
            }
        }
    }
}

extension Complaint {
    /// A file, or standard output, does not take what is written.
    init(notWritten name: String, _ failure: OutputFile.Failure) {
        let hint: String? =
            switch failure.code {
            case ENOSPC, EDQUOT: "make room there (df -h), or name a file elsewhere"
            case EACCES, EPERM, EROFS: "name a file in a folder of your own"
            case ENOENT, ENOTDIR: "the folder must be there before"
            case EISDIR: "name a file, not a folder"
            default: nil
            }
        self.init("\(name): cannot be written: \(String(cString: strerror(failure.code)))", hint: hint)
    }
}
