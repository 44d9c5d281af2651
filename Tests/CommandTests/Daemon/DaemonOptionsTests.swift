import ArgumentParser
import Foundation
import Testing

@testable import Command

@Suite struct DaemonOptionsTests {
    @Test func `the daemon is sought where the command line says`() throws {
        let options = try DaemonOptions.parse(["--daemon", "http://192.0.2.7:7878"])
        #expect(try options.address(["PRESSMARK_URL": "http://elsewhere"]).absoluteString == "http://192.0.2.7:7878")
    }

    @Test func `else where the environment says, else at the usual place`() throws {
        let options = try DaemonOptions.parse([])
        #expect(try options.address(["PRESSMARK_URL": "http://desk:7878"]).absoluteString == "http://desk:7878")
        #expect(
            try options.address(["PRESSMARK_URL": ""], socket: "/nowhere").absoluteString == "http://127.0.0.1:7878"
        )
    }

    @Test func `a socket that this user may open comes before the usual place`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
        try Data().write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = try DaemonOptions.parse([]).address([:], socket: folder.path)
        #expect(url.scheme == "http+unix")
        #expect(url.host(percentEncoded: false) == folder.path)
        let named = try DaemonOptions.parse(["--daemon", "unix:/run/a b/p.sock"]).address([:])
        #expect(named.host(percentEncoded: false) == "/run/a b/p.sock")
    }

    @Test(arguments: [
        "desk:7878", "ftp://desk", "http://", "", "http://desk:99999", "https://[::1]:65536", "http://desk:0",
    ])
    func `an address that is no URL is wrong usage`(_ text: String) throws {
        let options = try DaemonOptions.parse(["--daemon", text])
        let complaint = #expect(throws: Complaint.self) { try options.address([:]) }
        #expect(complaint?.isUsage == true)
    }
}

extension DaemonOptionsTests {
    @Test func `a port that no address has is told`() throws {
        let options = try DaemonOptions.parse([])
        let complaint = #expect(throws: Complaint.self) { try options.address(["PRESSMARK_URL": "http://desk:99999"]) }
        #expect(complaint?.message.contains("found port 99999 in 'http://desk:99999', wanted 1 to 65535") == true)
        #expect(complaint?.hint == "look at PRESSMARK_URL")
        #expect(try options.address(["PRESSMARK_URL": "http://desk:65535"]).port == 65535)
    }

    @Test func `the path of a socket is told how it is written`() throws {
        let given = try DaemonOptions.parse(["--daemon", "/run/p.sock"])
        let complaint = #expect(throws: Complaint.self) { try given.address([:]) }
        #expect(complaint?.hint == "a socket is written unix:/run/p.sock")
        let other = try DaemonOptions.parse([])
        let named = #expect(throws: Complaint.self) { try other.address(["PRESSMARK_URL": "/run/p.sock"]) }
        #expect(named?.hint == "a socket is written unix:/run/p.sock; look at PRESSMARK_URL")
    }
}

@Suite struct DaemonTokenTests {
    private func file(_ text: String, mode: Int = 0o600) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "pressmark-token-\(UUID().uuidString)").path
        let made = FileManager.default.createFile(
            atPath: path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: mode]
        )
        try #require(made)
        return path
    }

    private func token(_ arguments: [String], _ address: String, _ environment: [String: String]) throws -> String? {
        try DaemonOptions.parse(arguments).token(for: try #require(URL(string: address)), environment)
    }

    @Test func `a token comes from a file, else from the environment, never from an argument`() throws {
        let path = try file("pressmark_one\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let environment = ["PRESSMARK_TOKEN": "pressmark_two"]
        #expect(try token(["--token-file", path], "http://127.0.0.1:7878", environment) == "pressmark_one")
        #expect(try token([], "http://[::1]:7878", environment) == "pressmark_two")
        #expect(try token([], "http://localhost:7878", ["PRESSMARK_TOKEN": ""]) == nil)
    }

    @Test func `a token is found in a file that Windows has written`() throws {
        let path = try file("\u{FEFF}pressmark_one\r\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try token(["--token-file", path], "http://127.0.0.1", [:]) == "pressmark_one")
    }

    @Test(arguments: ["one\r\ntwo", "one two", "für", "\u{7F}", " \n"])
    func `what can be no token is told before anybody is asked, and not shown`(_ text: String) throws {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let ways: [([String], [String: String])] = [(["--token-file", path], [:]), ([], ["PRESSMARK_TOKEN": text])]
        for (arguments, environment) in ways {
            let complaint = #expect(throws: Complaint.self) { try token(arguments, "http://127.0.0.1", environment) }
            #expect(complaint?.isUsage == true)
            #expect(complaint?.message.hasSuffix("wanted a token and nothing else") == true)
            #expect(complaint?.message.contains(text) == false)
        }
    }

    @Test func `a file that is not there, a folder and an empty file are told apart`() throws {
        let missing = #expect(throws: Complaint.self) { try token(["--token-file", "/no/t"], "http://127.0.0.1", [:]) }
        #expect(missing?.message == "--token-file: /no/t: cannot be opened: No such file or directory")
        let folder = #expect(throws: Complaint.self) { try token(["--token-file", "/"], "http://127.0.0.1", [:]) }
        #expect(folder?.message == "--token-file: /: found a folder, wanted a file with a token")
        let path = try file("")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let empty = #expect(throws: Complaint.self) { try token(["--token-file", path], "http://127.0.0.1", [:]) }
        #expect(empty?.message == "--token-file: \(path): found nothing, wanted a token and nothing else")
    }

    @Test func `a file that others can read is refused`() throws {
        let path = try file("pressmark_one", mode: 0o644)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let complaint = #expect(throws: Complaint.self) { try token(["--token-file", path], "http://127.0.0.1", [:]) }
        #expect(complaint?.message.contains("found mode 644") == true)
        #expect(complaint?.message.contains("pressmark_one") == false)
    }

    @Test func `a token is not sent where it can be read along`() throws {
        let environment = ["PRESSMARK_TOKEN": "pressmark_two"]
        let complaint = #expect(throws: Complaint.self) { try token([], "http://desk.example:7878", environment) }
        #expect(complaint?.message.contains("wanted https") == true)
        #expect(try token([], "https://desk.example", environment) == "pressmark_two")
        #expect(try token([], "http://desk.example:7878", [:]) == nil)
    }
}
