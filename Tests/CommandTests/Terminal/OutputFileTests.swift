import Foundation
import Testing

@testable import Command

@Suite struct OutputFileTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private var path: String { folder.appending(path: "report.csv").path }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `a file is written piece by piece and gets its name when it is whole`() async throws {
        try "old".write(toFile: path, atomically: true, encoding: .utf8)
        try await OutputFile.fill(path) { put in
            try put(Data("one,".utf8))
            #expect(try text(path) == "old")
            try put(Data("two".utf8))
        }
        #expect(try text(path) == "one,two")
        #expect(try names() == ["report.csv"])
    }

    @Test func `what breaks off leaves the file that was there, and no half of another`() async throws {
        try "old".write(toFile: path, atomically: true, encoding: .utf8)
        await #expect(throws: Complaint("the connection broke off")) {
            try await OutputFile.fill(path) { put in
                try put(Data("half".utf8))
                throw Complaint("the connection broke off")
            }
        }
        #expect(try text(path) == "old")
        #expect(try names() == ["report.csv"])
    }

    @Test func `what a command that was killed has left is removed, and nothing that is somebody's`() async throws {
        let long = Date(timeIntervalSinceNow: -2 * 86_400)
        let random = "0123456789abc"
        func leave(_ name: String, _ date: Date?) throws -> String {
            let path = folder.appending(path: name).path
            try "half".write(toFile: path, atomically: true, encoding: .utf8)
            if let date { try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path) }
            return path
        }
        _ = try leave("night-1.tar.pressmark-\(random).part", long)
        let young = "night-2.tar.pressmark-\(random).part"
        _ = try leave(young, nil)
        let others = ["report.csv.part", "report.csv.\(random).part", "a.pressmark-old.part", "a.pressmark-\(random)"]
        for name in others { _ = try leave(name, long) }
        let written = "night-3.tar.pressmark-\(random).part"
        let lock = open(try leave(written, long), O_RDONLY | O_CLOEXEC)
        try #require(lock >= 0)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        try await OutputFile.fill(path) { put in try put(Data("whole".utf8)) }
        #expect(try names() == (others + [young, written, "report.csv"]).sorted())
    }

    @Test func `a file that is being written is known by its name and its lock`() async throws {
        try await OutputFile.fill(path) { put in
            try put(Data("half".utf8))
            let name = try #require(try names().first)
            #expect(OutputFile.isPart(name) && name.hasPrefix("report.csv."))
            let other = open(folder.appending(path: name).path, O_RDONLY | O_CLOEXEC)
            try #require(other >= 0)
            defer { close(other) }
            #expect(flock(other, LOCK_EX | LOCK_NB) == -1)
        }
    }

    @Test func `two that write at once leave a whole file each, and nothing else`() async throws {
        try await OutputFile.fill(path) { put in
            try put(Data("one,".utf8))
            try await OutputFile.fill(path) { other in try other(Data("other".utf8)) }
            #expect(try text(path) == "other")
            try put(Data("two".utf8))
        }
        #expect(try text(path) == "one,two")
        #expect(try names() == ["report.csv"])
    }

    @Test func `what lies under a name that could be foreseen is left alone`() async throws {
        let victim = folder.appending(path: "victim").path
        try "theirs".write(toFile: victim, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: path + ".part", withDestinationPath: victim)
        try await OutputFile.fill(path) { put in try put(Data("ours".utf8)) }
        #expect(try text(path) == "ours")
        #expect(try text(victim) == "theirs")
        #expect(try names() == ["report.csv", "report.csv.part", "victim"])
    }

    @Test func `a name as long as names may be is taken`() async throws {
        let path = folder.appending(path: String(repeating: "n", count: 255)).path
        try await OutputFile.fill(path) { put in try put(Data("long".utf8)) }
        #expect(try text(path) == "long")
        #expect(try names().count == 1)
    }

    @Test func `a file keeps its permissions, and a private one has its own`() async throws {
        func mode() throws -> Int? {
            (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
        }
        try "old".write(toFile: path, atomically: true, encoding: .utf8)
        // More than any umask leaves.
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
        try await OutputFile.fill(path) { put in try put(Data("new".utf8)) }
        #expect(try mode() == 0o666)
        try await OutputFile.fill(path, isPrivate: true) { put in
            let part = try #require(try names().first { $0 != "report.csv" })
            let facts = try FileManager.default.attributesOfItem(atPath: folder.appending(path: part).path)
            #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            try put(Data("secret".utf8))
        }
        #expect(try mode() == 0o600)
    }

    private func refusal(_ path: String, mayReplace: Bool = false) -> Complaint? {
        do throws(Complaint) {
            try OutputFile.check(path, mayReplace: mayReplace)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a name under which nothing can be written is refused before anything is asked for`() throws {
        #expect(refusal(path) == nil)
        try "old".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(refusal(path)?.hint == "take another name, or --force")
        #expect(refusal(path, mayReplace: true) == nil)
        for mayReplace in [false, true] {
            #expect(refusal(folder.path, mayReplace: mayReplace)?.hint == "name a file, not a folder")
        }
        let nowhere = refusal(folder.appending(path: "none/report.csv").path)
        #expect(nowhere?.message.hasSuffix("none/report.csv: cannot be written: No such file or directory") == true)
        #expect(nowhere?.isUsage == false)
        #expect(refusal("-")?.isUsage == true)
        #expect(refusal("/dev/null", mayReplace: true) == nil)
    }

    @Test(arguments: [
        ["backup", "/", "--force"], ["readers", "record", "pad-1", "/", "--force"],
        ["holdings", "import", "/dev/null", "--rejected", "/"], ["sweep", "report", "7", "--output", "/"],
        ["sweep", "write-back", "7", "--route", "barcodes", "--to", "/"], ["privacy", "report", "--output", "/"],
    ])
    func `every command that writes a file looks at its place before the daemon is asked`(
        _ arguments: [String]
    ) async {
        // No daemon is there: whoever asked it would say so.
        guard case .failed(let complaint) = await Pressmark.run(arguments + ["--daemon", "unix:/no/such.sock"]) else {
            Issue.record("wanted a complaint")
            return
        }
        #expect(complaint.message == "/: cannot be written: Is a directory")
    }

    /// Root may write everywhere.
    @Test(.enabled(if: geteuid() != 0)) func `of a link the place that it leads to is looked at`() throws {
        let closed = folder.appending(path: "closed")
        try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
        let (theirs, away) = (closed.appending(path: "theirs").path, closed.appending(path: "away").path)
        let into = folder.appending(path: "into").path
        for file in [path, theirs] { try "old".write(toFile: file, atomically: true, encoding: .utf8) }
        try FileManager.default.createSymbolicLink(atPath: away, withDestinationPath: path)
        try FileManager.default.createSymbolicLink(atPath: into, withDestinationPath: theirs)
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: closed.path)
        #expect(refusal(away, mayReplace: true) == nil)
        #expect(refusal(into, mayReplace: true)?.hint == "name a file in a folder of your own")
    }

    @Test func `a full disk is told with what helps`() async throws {
        let complaint = await #expect(throws: Complaint.self) {
            try await OutputFile.fill("/dev/full") { put in try put(Data("report".utf8)) }
        }
        #expect(complaint?.message.hasPrefix("/dev/full: cannot be written: ") == true)
        #expect(complaint?.hint?.contains("df -h") == true)
        #expect(complaint.map { Ending.failed($0).code } == 1)
    }

    @Test func `standard output makes no promise for a file that the shell has emptied`() {
        let complaint = Complaint(notWritten: "standard output", OutputFile.Failure(code: ENOSPC))
        #expect(complaint.hint == "make room there (df -h), or name a file elsewhere")
    }

    @Test func `nothing is asked for that could not be kept`() async throws {
        let path = folder.appending(path: "no such folder/report.csv").path
        var wasAsked = false
        let complaint = await #expect(throws: Complaint.self) {
            try await OutputFile.fill(path) { _ in wasAsked = true }
        }
        #expect(!wasAsked && complaint?.hint?.contains("folder") == true)
    }

    @Test func `a link stays a link, and a device a device`() async throws {
        let link = folder.appending(path: "latest").path
        try "old".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        try await OutputFile.fill(link) { put in try put(Data("new".utf8)) }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
        #expect(try text(path) == "new")
        try await OutputFile.fill("/dev/null") { put in try put(Data("gone".utf8)) }
        let kind = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        #expect(kind == .typeCharacterSpecial)
    }
}
