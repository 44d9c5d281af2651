import ArgumentParser

/// How a command line ended: the exit status and what is left to say.
enum Ending {
    case done
    /// Help or version was asked for.
    case said(String)
    /// The answer is on the screen already; it was no.
    case no(ExitCode)
    case failed(Complaint)

    /// - Parameter arguments: the command line, where the name of a command or an option may be misspelt.
    init(_ error: any Error, of root: any ParsableCommand.Type, arguments: [String] = []) {
        if let complaint = error as? Complaint {
            self = .failed(complaint)
            return
        }
        let code = root.exitCode(for: error)
        switch code {
        case .success: self = .said(root.fullMessage(for: error))
        case .validationFailure:
            let text = root.fullMessage(for: error)
            let unknown =
                UnknownCommand(in: arguments, of: root)?.complaint
                ?? (text.hasPrefix("Error: Missing ") ? UnknownOption(in: arguments, of: root)?.complaint : nil)
            self = .failed(unknown ?? Complaint(usage: text))
        default:
            let message = root.message(for: error)
            self = message.isEmpty ? .no(code) : .failed(Complaint(message))
        }
    }

    /// 0 done, 1 not done, 2 wrong usage.
    var code: Int32 {
        switch self {
        case .done, .said: 0
        case .no(let code): code.rawValue
        case .failed(let complaint): complaint.isUsage ? 2 : 1
        }
    }

    func tell() {
        switch self {
        case .done, .no: break
        case .said(let text): Console.standard.say(text)
        case .failed(let complaint): Console.standard.complain(complaint)
        }
    }
}
