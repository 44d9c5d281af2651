import Readers

/// Something to do on a reader while its station holds it.
struct StationJob: Sendable {
    var perform: @Sendable (inout any Reader & ~Copyable) async -> Void
    var refuse: @Sendable (StationError) -> Void
}
