import Glibc

/// A file descriptor with exactly one owner: it is closed when its owner lets it go, once and never earlier.
struct Descriptor: ~Copyable, Sendable {
    let raw: Int32

    /// Takes over a descriptor that a system call has just returned.
    init(owning raw: Int32) {
        self.raw = raw
    }

    deinit {
        _ = close(raw)
    }
}
