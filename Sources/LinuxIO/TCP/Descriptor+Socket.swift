import CLinux
import Glibc
import Wire

extension Descriptor {
    static func streamSocket(_ family: Int32) throws(LinkError) -> Descriptor {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(family, kind, 0)
        guard number >= 0 else { throw .system("socket") }
        return Descriptor(owning: number)
    }

    /// Short frames leave at once; keep-alive after 5 s of silence, two probes 5 s apart, as FEIG asks for its LAN
    /// readers: a half-open connection would block the reader's only one.
    borrowing func tune() throws(LinkError) {
        try set(Int32(IPPROTO_TCP), TCP_NODELAY, to: 1)
        try set(SOL_SOCKET, SO_KEEPALIVE, to: 1)
        try set(Int32(IPPROTO_TCP), TCP_KEEPIDLE, to: 5)
        try set(Int32(IPPROTO_TCP), TCP_KEEPINTVL, to: 5)
        try set(Int32(IPPROTO_TCP), TCP_KEEPCNT, to: 2)
        try set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, to: 10_000)
    }

    /// Keep-alive after a second of silence, three probes a second apart: a reader that lost its power or its cable is
    /// found within four seconds, whatever it is asked and whatever it is set to say by itself.
    borrowing func watchClosely() throws(LinkError) {
        try set(Int32(IPPROTO_TCP), TCP_KEEPIDLE, to: 1)
        try set(Int32(IPPROTO_TCP), TCP_KEEPINTVL, to: 1)
        try set(Int32(IPPROTO_TCP), TCP_KEEPCNT, to: 3)
        try set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, to: 4000)
    }

    borrowing func set(_ level: Int32, _ option: Int32, to value: Int32) throws(LinkError) {
        var value = value
        guard setsockopt(raw, level, option, &value, socklen_t(MemoryLayout.size(ofValue: value))) == 0 else {
            throw .system("setsockopt")
        }
    }

    borrowing func option(_ level: Int32, _ option: Int32) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout.size(ofValue: value))
        return getsockopt(raw, level, option, &value, &length) == 0 ? value : errno
    }

    /// How a connection attempt ended: zero when it stands.
    borrowing func pendingError() -> Int32 {
        option(SOL_SOCKET, SO_ERROR)
    }
}
