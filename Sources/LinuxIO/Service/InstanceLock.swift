import Glibc
import Wire

/// The state folder belongs to one daemon at a time; the kernel frees it when the daemon ends, however it ends.
package struct InstanceLock: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// Takes the folder, whose lock file `pressmarkd.lock` then names the process.
    package static func take(folder: String) throws(InstanceLockError) -> InstanceLock {
        let path = folder + "/pressmarkd.lock"
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw .system(path: path, code: errno) }
        let descriptor = Descriptor(owning: number)
        guard flock(descriptor.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK
                ? .held(folder: folder, process: holder(descriptor)) : .system(path: path, code: errno)
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor.raw, 0) == 0, pwrite(descriptor.raw, text, text.count, 0) == text.count else {
            throw .system(path: path, code: errno)
        }
        return InstanceLock(descriptor: descriptor)
    }

    private init(descriptor: consuming Descriptor) {
        self.descriptor = descriptor
    }

    private static func holder(_ descriptor: borrowing Descriptor) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor.raw, &text, text.count, 0)
        return Int32(String(decoding: text.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self))
    }
}

/// Why a state folder could not be taken.
package enum InstanceLockError: Error, Hashable, Sendable {
    /// Another daemon has it; its process number, when it could be read.
    case held(folder: String, process: Int32?)
    case system(path: String, code: Int32)
}

extension InstanceLockError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .held(let folder, let process):
            "state folder \(folder): in use by another pressmarkd (process \(process.map(String.init) ?? "unknown"))"
        case .system(let path, let code): "\(path): \(LinkError.meaning(of: code)) (errno \(code))"
        }
    }

    /// What somebody at the desk can do about it.
    package var hint: String {
        switch self {
        case .held: "stop that one, or give this one a folder of its own with --state"
        case .system: "the folder must exist and be writable for this user"
        }
    }
}
