/// Something that is done over and over, and how often a second it should be done.
struct Benchmark: Sendable {
    let name: String
    /// What is counted: tags, frames, keys, megabytes.
    let unit: String
    /// Units a second on one core that the project has set itself; `nil` where a number is only of interest.
    let goal: Double?
    /// Units in one call of ``body``.
    let size: Double
    /// Gives something that depends on the work, so that none of it can be left out.
    let body: @Sendable () -> Int

    init(_ name: String, _ unit: String, goal: Double?, size: Double = 1, body: @escaping @Sendable () -> Int) {
        self.name = name
        self.unit = unit
        self.goal = goal
        self.size = size
        self.body = body
    }
}
