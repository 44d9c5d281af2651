import API
import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

@testable import Command

@Suite struct ComplaintTests {
    @Test func `a problem of the daemon is passed on in its own words`() {
        let problem = Problem(
            type: "reader-offline",
            title: "Reader offline",
            status: 503,
            detail: "pad-1: found no answer for 4 s",
            hint: "look at its cable"
        )
        #expect(Complaint(problem) == Complaint("pad-1: found no answer for 4 s", hint: "look at its cable"))
    }

    @Test func `a problem without detail is told by its title`() {
        #expect(Complaint(Problem(type: "x", title: "Too large", status: 413, detail: "")).message == "Too large")
    }

    @Test(arguments: [HTTPClientError.deadlineExceeded, .readTimeout, .remoteConnectionClosed])
    func `a daemon that took the request and did not answer is not said to be absent`(_ error: HTTPClientError) throws {
        let complaint = Complaint(unreachable: try #require(URL(string: DaemonOptions.usual)), error)
        #expect(complaint.message.hasPrefix("\(DaemonOptions.usual): the answer did not come"))
        #expect(complaint.hint == "look before asking again: pressmark status")
    }

    @Test func `a daemon that is not there is told with what starts it`() throws {
        let url = try #require(URL(string: DaemonOptions.usual))
        let complaint = Complaint(unreachable: url, HTTPClientError.connectTimeout)
        #expect(complaint.message.hasPrefix("no daemon answers at \(DaemonOptions.usual)"))
        #expect(complaint.hint?.contains("systemctl start pressmarkd") == true)
    }

    @Test(arguments: [(ENOENT, "No such file or directory"), (ECONNREFUSED, "connection refused")])
    func `a socket where nobody listens is told in the system's words`(_ code: CInt, _ words: String) throws {
        let url = try #require(URL(string: "http+unix://%2Frun%2Fp.sock"))
        let complaint = Complaint(unreachable: url, IOError(errnoCode: code, reason: "connect(descriptor:addr:size:)"))
        #expect(complaint.message == "no daemon answers at /run/p.sock: \(words)")
    }

    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    @Test(arguments: [
        ("handshakeFailed(sslError([error:100000f7:SSL:WRONG_VERSION_NUMBER at /x.cc:1]))", "found plain http there"),
        ("handshakeFailed(sslError([error:1000007d:SSL:CERTIFICATE_VERIFY_FAILED at /x.cc:1]))", "trusts"),
        ("NIOSSLExtraError.failedToValidateHostname: Couldn't find match", "for another name"),
        ("handshakeFailed(sslError([at /x.cc:1]))", "no encrypted line came about"),
    ])
    func `an encrypted line that does not come about is told without the library's files`(
        _ text: String,
        _ words: String
    ) throws {
        let url = try #require(URL(string: "https://desk.example:7879"))
        let complaint = Complaint(unreachable: url, Failure(description: text))
        let message = complaint.message
        #expect(message.hasPrefix("no daemon answers at https://desk.example:7879: "))
        #expect(complaint.hint?.contains("docs/access.md") == true)
        #expect(message.contains(words) && !message.contains(".cc"))
    }

    @Test func `a socket that this user may not open is no absent daemon`() throws {
        let url = try #require(URL(string: "http+unix://%2Frun%2Fp.sock"))
        let complaint = Complaint(unreachable: url, IOError(errnoCode: EACCES, reason: "connect"))
        #expect(complaint.message == "no daemon may be asked at /run/p.sock: Permission denied")
        #expect(complaint.hint?.contains("group pressmark") == true)
    }

    @Test func `a value that cannot be read is told with what the argument means`() {
        let text = """
            Error: The value 'x' is invalid for '<sweep>'
            Help:  <sweep>  Number of the sweep; the newest one when left out.
            Usage: pressmark sweep watch [<sweep>]
              See 'pressmark sweep watch --help' for more information.
            """
        let complaint = Complaint(usage: text)
        #expect(complaint.message == "the value 'x' is invalid for '<sweep>'")
        let hints = complaint.hint?.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(
            hints == [
                "<sweep>  Number of the sweep; the newest one when left out.", "usage: pressmark sweep watch [<sweep>]",
                "see pressmark sweep watch --help",
            ]
        )
    }

    @Test(arguments: [
        (["sweep", "report", "--format", "pdf"], "table"), (["shelf-order", "key", "1", "--scheme", "x"], "lcc"),
        (["token", "create", "desk", "--role", "x"], "viewer"), (["shelf-order", "key", "1", "--scheme", "x"], "udc"),
    ])
    func `a word that is not known is told with those that are`(_ arguments: [String], _ known: String) {
        let error = #expect(throws: (any Error).self) { try Pressmark.parseAsRoot(arguments) }
        let complaint = error.map { Complaint(usage: Pressmark.fullMessage(for: $0)) }
        let parts = complaint?.message.split(separator: ", wanted one of ") ?? []
        #expect(parts.count == 2)
        #expect(parts.last?.contains(known) == true)
    }

    @Test func `the argument parser speaks in our voice`() {
        let text = """
            Error: Missing expected argument '<hex> ...'.
            Help:  <hex>  User memory.
            Usage: pressmark tag explain <hex> ... [--json]
              See 'pressmark tag explain --help' for more information.
            """
        let complaint = Complaint(usage: text)
        #expect(complaint.message == "missing expected argument '<hex> ...'")
        #expect(
            complaint.hint == "usage: pressmark tag explain <hex> ... [--json]\n      see pressmark tag explain --help"
        )
        #expect(complaint.isUsage)
    }
}
