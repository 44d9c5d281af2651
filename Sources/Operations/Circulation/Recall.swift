/// How long a library system that is away is left alone before it is asked again: from five seconds doubling to a
/// minute, or to the pause between two questions where that is longer.
///
/// A system that is being started is not knocked at all the time; one that is back is noticed within the longest pause,
/// or at once by whoever asks it something.
struct Recall: Sendable {
    private let first: Duration
    private let longest: Duration
    private var pause: Duration

    /// - Parameter interval: between two questions on an idle connection; no first pause is longer.
    init(interval: Duration) {
        first = min(interval, .seconds(5))
        longest = max(interval, .seconds(60))
        pause = first
    }

    /// The next pause, longer than the one before.
    mutating func next() -> Duration {
        defer { pause = min(pause * 2, longest) }
        return pause
    }

    /// The system was there.
    mutating func reset() {
        pause = first
    }
}
