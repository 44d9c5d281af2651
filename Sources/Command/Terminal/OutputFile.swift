import Foundation

/// A file that a command writes: it gets its name when it is whole, and until then what stood there before stays.
enum OutputFile {
    /// Why bytes could not be written.
    struct Failure: Error, Equatable {
        /// As the kernel says it: `ENOSPC`, `EPIPE`.
        var code: CInt
    }

    /// Writes what `body` hands out to a file of this name. The file is opened before `body` begins, so that nothing is
    /// asked for that cannot be kept; what is no plain file, such as a device or a pipe, is written to as it is.
    static func fill<Result>(
        _ path: String,
        _ body: (_ put: (Data) throws -> Void) async throws -> Result
    ) async throws -> Result {
        // A link stays a link: what it leads to is replaced.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        var facts = stat()
        let isThere = stat(target, &facts) == 0
        let isPlain = !isThere || facts.st_mode & S_IFMT == S_IFREG
        let place = isPlain ? target + ".part" : target
        let flags = O_WRONLY | O_CLOEXEC | (isPlain ? O_CREAT | O_TRUNC | O_NOFOLLOW : 0)
        let descriptor = open(place, flags, isThere ? facts.st_mode & 0o777 : 0o666)
        guard descriptor >= 0 else { throw Complaint(notWritten: path, Failure(code: errno)) }
        do {
            let result = try await body { bytes in
                do throws(Failure) {
                    try put(bytes, to: descriptor)
                } catch {
                    throw Complaint(notWritten: path, error)
                }
            }
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
