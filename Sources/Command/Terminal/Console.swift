import API
import Foundation

/// Where a command speaks: results on standard output, complaints on standard error.
struct Console: Sendable {
    /// Standard output is a terminal that a person looks at.
    var isTerminal: Bool
    /// Columns of the terminal; 100 when it is none.
    var width: Int
    var palette: Palette

    /// The process's own terminal; colour only there, and not when `NO_COLOR` is set (no-color.org).
    static let standard: Console = {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let refused = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return Console(
            isTerminal: isTerminal,
            width: isTerminal ? terminalWidth() : 100,
            palette: Palette(isOn: isTerminal && !refused)
        )
    }()

    func say(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    func say(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        say(lines.joined(separator: "\n"))
    }

    /// Text as it is, without a line end.
    func put(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// Bytes as they are.
    func put(_ bytes: Data) {
        write(bytes, to: STDOUT_FILENO)
    }

    /// Whether somebody still reads standard output: nobody does behind `| head` when it has enough.
    static var isRead: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&output, 1, 0) > 0 else { return true }
        return output.revents & Int16(POLLERR) == 0
    }

    /// A value as JSON; several values asked for one by one stand on one line each.
    func say(json value: some Encodable, onOneLine: Bool = false) throws {
        say(String(decoding: try JSON.encode(value, pretty: !onOneLine), as: UTF8.self))
    }

    /// Whether standard error is a terminal, where a line may be drawn over again.
    static var drawsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// Draws one line over the one before, on standard error; an empty one wipes it away.
    func progress(_ text: String) {
        write("\r\u{1B}[K" + text.cut(to: max(20, width - 1)), to: STDERR_FILENO)
    }

    /// Asks a question that is answered with y or n; `nil` when nobody sits there.
    func ask(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1, isTerminal else { return nil }
        write(question + " [y/N] ", to: STDOUT_FILENO)
        return readLine().map { ["y", "yes"].contains($0.lowercased()) } ?? false
    }

    func remark(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    func complain(_ complaint: Complaint) {
        remark("error: \(complaint.message.visible)")
        if let hint = complaint.hint { remark("hint: \(hint)") }
    }

    private func write(_ text: String, to descriptor: CInt) {
        write(Data(text.utf8), to: descriptor)
    }

    private func write(_ bytes: Data, to descriptor: CInt) {
        do throws(OutputFile.Failure) {
            try OutputFile.put(bytes, to: descriptor)
        } catch {
            // A closed pipe (`pressmark … | head`) is the reader's way of saying that it has enough; and where nobody
            // hears complaints there is nothing to be said.
            guard descriptor == STDOUT_FILENO, error.code != EPIPE, error.code != EBADF else { return }
            // Half an answer is none, and who reads it later must not take it for whole.
            let complaint = Complaint(notWritten: "standard output", error)
            complain(complaint)
            exit(Ending.failed(complaint).code)
        }
    }

    private static func terminalWidth() -> Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
