import Library
import Synchronization

/// A clock that stands still until a test moves it.
final class MovingClock: Sendable {
    private let moment = Mutex(Moment(milliseconds: 1_795_000_000_000))

    var now: Moment {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}
