/// Where the configuration comes from: a file, and what was said on the command line in place of it.
struct ConfigurationSource: Equatable, Sendable {
    /// `nil` in a simulated branch.
    var path: String?
    var state: String?
    var port: Int?

    func read() throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        if let path { configuration = try ConfigurationFile.read(path: path) }
        if let state { configuration.state = state }
        if let port { configuration.http.port = port }
        return configuration
    }
}
