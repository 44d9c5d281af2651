import ArgumentParser
import Foundation

/// Which daemon to speak to.
struct DaemonOptions: ParsableArguments {
    /// Where a daemon listens unless told otherwise.
    static let usual = "http://127.0.0.1:7878"

    @Option(help: ArgumentHelp("Address of the daemon (else PRESSMARK_URL, else \(usual)).", valueName: "url"))
    var daemon: String?

    // The token itself is no argument: everybody on the machine can read those.
    @Option(help: ArgumentHelp("File with the token for it, chmod 600 (else PRESSMARK_TOKEN).", valueName: "path"))
    var tokenFile: String?

    /// `--daemon`, else `PRESSMARK_URL`, else the usual address.
    func address(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> URL {
        let named = environment["PRESSMARK_URL"].flatMap { $0.isEmpty ? nil : $0 }
        let text = daemon ?? named ?? Self.usual
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw Complaint(
                "address of the daemon: found '\(text)', wanted a URL such as \(Self.usual)",
                hint: daemon == nil ? "look at PRESSMARK_URL" : nil,
                isUsage: true
            )
        }
        return url
    }

    /// What is in `--token-file`, else `PRESSMARK_TOKEN`; `nil` for none.
    ///
    /// A token goes over no line that others can read along.
    func token(for address: URL, _ environment: [String: String] = ProcessInfo.processInfo.environment) throws
        -> String?
    {
        let named = environment["PRESSMARK_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        guard let token = try tokenFile.map({ try TokenFile(path: $0).read() }) ?? named else { return nil }
        let isHere = ["127.0.0.1", "::1", "localhost"].contains(address.host()?.trimmingCharacters(in: ["[", "]"]))
        guard address.scheme == "https" || isHere else {
            throw Complaint(
                "\(address.absoluteString): found http, over which everybody on the way can read the token, wanted https",
                hint: "docs/access.md says how to serve other machines",
                isUsage: true
            )
        }
        return token
    }

    /// Runs `body` with a client for this daemon and closes its connections afterwards.
    func connect<Result>(_ body: (DaemonClient) async throws -> Result) async throws -> Result {
        let address = try address()
        return try await DaemonClient.open(address, token: token(for: address), body)
    }
}

/// How to show the result.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON for programs.")
    var json = false

    @Flag(name: .long, help: "No colours, even on a terminal (also NO_COLOR).")
    var noColor = false

    var console: Console {
        var console = Console.standard
        if noColor { console.palette.isOn = false }
        return console
    }
}
