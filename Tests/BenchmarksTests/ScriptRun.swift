import Foundation

/// A copy of one of the project's scripts, run among programs that stand in for the real ones.
struct ScriptRun {
    var output: String
    var errors: String
    var status: Int32
    /// The folder it was called from, beside the one it stands in.
    var caller: String

    /// - Parameter programs: what stands in the project's folder, by its path there; all may be executed.
    init(_ script: String, _ words: [String], beside programs: [(name: String, content: String)]) throws {
        let manager = FileManager.default
        let root = manager.temporaryDirectory.appending(path: "script-\(UUID().uuidString)")
        defer { try? manager.removeItem(at: root) }
        let (scripts, caller) = (root.appending(path: "Scripts"), root.appending(path: "caller"))
        for folder in [scripts, caller] { try manager.createDirectory(at: folder, withIntermediateDirectories: true) }
        let source = URL(filePath: #filePath).appending(path: "../../../Scripts").standardized
        try manager.copyItem(at: source.appending(path: script), to: scripts.appending(path: script))
        let own = [
            (name: "Scripts/install-dependencies", content: "#!/usr/bin/env bash\n"),
            (name: "Scripts/find-swift", content: "#!/usr/bin/env bash\necho \"$PWD\"\n"),
        ]
        for (name, content) in own + programs {
            let path = root.appending(path: name).path
            try content.write(toFile: path, atomically: false, encoding: .utf8)
            try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        let (output, errors) = (root.appending(path: "output"), root.appending(path: "errors"))
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["bash", scripts.appending(path: script).path] + words
        process.currentDirectoryURL = caller
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        self.output = try String(contentsOf: output, encoding: .utf8)
        self.errors = try String(contentsOf: errors, encoding: .utf8)
        status = process.terminationStatus
        self.caller = caller.path
    }
}
