import Testing

/// Waits until `condition` holds; what it waits for is done by others meanwhile. `false` when it never does.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    // By the clock: how often somebody can ask meanwhile says nothing about how far a busy machine has come. And never
    // without an end: whoever waits for good holds up every test behind, and nobody learns which one it was.
    let limit = ContinuousClock.now + .seconds(300)
    while try await !condition() {
        guard ContinuousClock.now < limit, !Task.isCancelled else { return false }
        await Task.yield()
    }
    return true
}

/// Waits like `eventually`, and ends the test where it waits in vain.
func waited(
    sourceLocation: SourceLocation = #_sourceLocation,
    until condition: () async throws -> Bool
) async throws {
    let isSo = try await eventually(condition)
    try #require(isSo, "waited in vain", sourceLocation: sourceLocation)
}
