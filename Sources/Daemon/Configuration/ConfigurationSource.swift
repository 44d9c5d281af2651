import Interfaces

/// Where the configuration comes from: a file, and what was said on the command line in place of it.
struct ConfigurationSource: Equatable, Sendable {
    /// `nil` in a simulated branch.
    var path: String?
    var state: String?
    var port: Int?
    /// Names of dialects with commas between; `nil` for those of the file.
    var dialects: String?

    func read() throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        if let path { configuration = try ConfigurationFile.read(path: path) }
        if let state { configuration.state = state }
        if let port { configuration.http.port = port }
        if let dialects {
            configuration.dialects = dialects.split(separator: ",").compactMap { name in
                AllDialects.named(String(name)).map {
                    Configuration.Dialect(name: $0.identity.name, port: $0.identity.port)
                }
            }
        }
        if port == 0 {
            for index in configuration.dialects.indices { configuration.dialects[index].port = 0 }
        }
        return configuration
    }
}
