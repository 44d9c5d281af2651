import CLinux
package import Wire

/// Keeps the whole program in memory, so that nothing of it has to be fetched from a disk when a gate rings
/// (mlockall(2)).
package enum MemoryLock {
    /// Locks what is there and what is touched later, where the service's limits ask for it (`LimitMEMLOCK=infinity`);
    /// returns whether they do.
    package static func takeIfMeant() throws(LinkError) -> Bool {
        switch clinux_lock_memory() {
        case 0: return false
        case 1: return true
        default: throw .system("mlockall")
        }
    }
}
