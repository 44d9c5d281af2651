import ArgumentParser
import Foundation

/// Which daemon to speak to.
struct DaemonOptions: ParsableArguments {
    /// Where a daemon listens unless told otherwise.
    static let usual = "http://127.0.0.1:7878"
    /// Where it listens for this machine's programs, when systemd has started it.
    static let socket = "/run/pressmark/pressmark.sock"

    @Option(
        help: ArgumentHelp(
            "Address of the daemon (else PRESSMARK_URL, else the socket \(socket), else \(usual)).",
            valueName: "url"
        )
    )
    var daemon: String?

    // The token itself is no argument: everybody on the machine can read those.
    @Option(help: ArgumentHelp("File with the token for it, chmod 600 (else PRESSMARK_TOKEN).", valueName: "path"))
    var tokenFile: String?

    /// `--daemon`, else `PRESSMARK_URL`, else the socket where this user may open it, else the usual address.
    func address(
        _ environment: [String: String] = ProcessInfo.processInfo.environment,
        socket: String = socket
    ) throws -> URL {
        let named = environment["PRESSMARK_URL"].flatMap { $0.isEmpty ? nil : $0 }
        let open = access(socket, W_OK) == 0 ? "unix:\(socket)" : nil
        let text = daemon ?? named ?? open ?? Self.usual
        if text.hasPrefix("unix:/") { return try Self.socketURL(String(text.dropFirst("unix:".count))) }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil else {
            let socketHint = text.hasPrefix("/") ? "a socket is written unix:\(text)" : nil
            let hints = [socketHint, daemon == nil ? "look at PRESSMARK_URL" : nil].compactMap(\.self)
            throw Complaint(
                "address of the daemon: found '\(text)', wanted a URL such as \(Self.usual), or unix:\(Self.socket)",
                hint: hints.isEmpty ? nil : hints.joined(separator: "; "),
                isUsage: true
            )
        }
        // A port that no address has would end the HTTP client, and the program with it.
        if let port = url.port, !(1...65535).contains(port) {
            throw Complaint(
                "address of the daemon: found port \(port) in '\(text)', wanted 1 to 65535",
                hint: daemon == nil ? "look at PRESSMARK_URL" : nil,
                isUsage: true
            )
        }
        return url
    }

    /// The path of a socket as the HTTP client wants it.
    private static func socketURL(_ path: String) throws -> URL {
        let host = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        guard let url = URL(string: "http+unix://\(host)") else {
            throw Complaint("address of the daemon: found '\(path)', wanted the path of a socket", isUsage: true)
        }
        return url
    }

    /// What is in `--token-file`, else `PRESSMARK_TOKEN`; `nil` for none.
    ///
    /// A token goes over no line that others can read along.
    func token(for address: URL, _ environment: [String: String] = ProcessInfo.processInfo.environment) throws
        -> String?
    {
        guard let token = try namedToken(environment) else { return nil }
        let isHere = ["127.0.0.1", "::1", "localhost"].contains(address.host()?.trimmingCharacters(in: ["[", "]"]))
        guard ["https", "http+unix"].contains(address.scheme) || isHere else {
            throw Complaint(
                "\(address.absoluteString): found http, over which everybody on the way can read the token, wanted https",
                hint: "docs/access.md says how to serve other machines",
                isUsage: true
            )
        }
        return token
    }

    private func namedToken(_ environment: [String: String]) throws(Complaint) -> String? {
        if let tokenFile { return try TokenFile(path: tokenFile).read() }
        guard let text = environment["PRESSMARK_TOKEN"], !text.isEmpty else { return nil }
        return try TokenFile.token(text, from: "PRESSMARK_TOKEN")
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
