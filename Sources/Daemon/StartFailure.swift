/// Why the service could not start, in words for whoever started it.
struct StartFailure: Error, CustomStringConvertible {
    var description: String
    var hint: String?
}
