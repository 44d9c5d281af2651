import Foundation
import Glibc
import Operations

/// The file of changes in the state folder: whole or not there, whatever happens while it is written.
enum SettingsFile {
    static let name = "settings.toml"
    private static let longest = 256 << 10

    private static let head = """
        # Written by pressmarkd: what was changed on the set-up page or with `pressmark settings`. It goes before the
        # configuration file, which stays as it is. Without this file the configuration file holds alone.

        """

    static func path(in state: String) -> String { "\(state)/\(name)" }

    /// What was changed; nothing where there is no file.
    static func read(_ path: String) throws(ConfigurationError) -> SettingsOverlay {
        guard FileManager.default.fileExists(atPath: path) else { return SettingsOverlay() }
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: longest),
            let text = String(data: data, encoding: .utf8)
        else { throw failure(path, [UnreadableText.found(at: path)]) }
        let tree: ConfigurationTree
        do {
            tree = try ConfigurationTree(text)
        } catch {
            throw failure(path, ["no TOML"])
        }
        var mistakes: [String] = []
        let overlay = SettingsOverlay(tree, mistakes: &mistakes)
        guard mistakes.isEmpty else { throw failure(path, mistakes) }
        return overlay
    }

    private static func failure(_ path: String, _ mistakes: [String]) -> ConfigurationError {
        ConfigurationError(
            file: path,
            mistakes: mistakes.map {
                ConfigurationMistake(
                    line: 1,
                    what: "changes",
                    found: $0,
                    wanted: "the file as pressmarkd wrote it",
                    hint: "put it aside and start again: then the configuration file holds alone"
                )
            }
        )
    }

    /// Writes a new file beside the old one, to the disk, and puts it in its place. No changes: no file.
    static func write(_ overlay: SettingsOverlay, to path: String) throws(SettingsRefusal) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        if overlay.isEmpty {
            guard unlink(path) == 0 || errno == ENOENT else { throw failed(path) }
            return try sync(folder)
        }
        let new = "\(path).new"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failed(new) }
        let bytes = Array((head + overlay.tree.text).utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                let refusal = failed(new)
                close(descriptor)
                throw refusal
            }
            written += count
        }
        let isSafe = fsync(descriptor) == 0
        close(descriptor)
        guard isSafe, rename(new, path) == 0 else { throw failed(path) }
        try sync(folder)
    }

    /// A name is as good as lost until its folder is on the disk too.
    private static func sync(_ path: String) throws(SettingsRefusal) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failed(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failed(path) }
    }

    private static func failed(_ path: String) -> SettingsRefusal {
        .notWritten(path: path, cause: String(cString: strerror(errno)))
    }
}
