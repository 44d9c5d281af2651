/// Named digital outputs and inputs: the siren, the lamp, the fire contact.
///
/// Setting an output is one short call without waiting, so that an alarm can sound between two bytes.
package protocol Lines: ~Copyable, Sendable {
    /// Switches the named output on or off, in the sense of its name: active-low wiring is the adapter's affair.
    mutating func set(_ output: String, to on: Bool) throws(LineError)

    /// The changes of all inputs as they happen, oldest first.
    func edges() -> AsyncStream<LineEdge>
}

/// One change of an input line.
package struct LineEdge: Hashable, Sendable {
    /// The input's name in the configuration: `fire`.
    package var input: String
    /// In the sense of its name: active-low wiring is turned round already.
    package var active: Bool
    /// Monotonic time in nanoseconds, stamped as near to the line as the adapter can.
    package var nanoseconds: UInt64

    package init(input: String, active: Bool, nanoseconds: UInt64) {
        self.input = input
        self.active = active
        self.nanoseconds = nanoseconds
    }
}

/// Inputs that nobody hears, their chip being gone or the system unable to wait for it, or that are heard again: until
/// then a fire contact says nothing.
package struct LineLoss: Hashable, Sendable {
    /// The inputs' names in the configuration: `fire`.
    package var inputs: [String]
    /// What happened, lower case, no period; `nil` when they are heard again.
    package var cause: String?

    package init(inputs: [String], cause: String?) {
        self.inputs = inputs
        self.cause = cause
    }
}

/// Why a line could not be used.
package enum LineError: Error, Hashable, Sendable {
    /// No line of this name is configured; `known` lists those that are.
    case unknown(name: String, known: [String])
    /// The chip that carries the line is gone.
    case chipGone(name: String)
    /// The operating system said no.
    case system(errno: Int32, call: String, meaning: String)
}

extension LineError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let name, let known):
            "line: found \(name), wanted \(known.isEmpty ? "none, no line is configured" : known.joined(separator: ", "))"
        case .chipGone(let name): "gpio chip \(name): gone"
        case .system(let errno, let call, let meaning): "\(call): \(meaning) (errno \(errno))"
        }
    }

    /// What somebody at the desk can do about it.
    package var hint: String? {
        switch self {
        case .chipGone: "plug it in again, its lines are taken up by themselves"
        case .unknown, .system: nil
        }
    }
}
