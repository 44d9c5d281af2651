import Glibc

/// Why a text file that the administrator wrote could not be read.
enum UnreadableText {
    /// What was found at `path`, as `no file` or `no permission to read it`.
    static func found(at path: String) -> String {
        var facts = stat()
        guard stat(path, &facts) == 0, access(path, R_OK) == 0 else { return found(errno) }
        return facts.st_mode & S_IFMT == S_IFDIR ? "a folder" : "no UTF-8 text"
    }

    /// The same for what the kernel answered.
    static func found(_ code: Int32) -> String {
        switch code {
        case ENOENT, ENOTDIR: "no file"
        case EACCES, EPERM: "no permission to read it"
        default: String(cString: strerror(code))
        }
    }
}
