import Foundation

/// Python's own readers as judges of ours: a short program gets a file and prints what it understood as JSON.
enum PythonOracle {
    static let isThere = runs("pass")
    static let hasMARC = runs("import pymarc")

    /// The program's output; `nil` when Python is missing or the program fails.
    static func output(_ program: String, _ arguments: [String] = []) -> Data? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? data : nil
    }

    /// What the program says about these bytes, which it finds in the file named by its first argument.
    static func judge<Answer: Decodable>(_ bytes: [UInt8], _ program: String, as: Answer.Type) throws -> Answer? {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try output(program, [file.path]).map { try JSONDecoder().decode(Answer.self, from: $0) }
    }

    private static func runs(_ program: String) -> Bool { output(program) != nil }
}
