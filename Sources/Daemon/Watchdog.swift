import LinuxIO
import Logging
import Operations

/// Tells systemd that the service is well, as long as it is; a service that is stuck is started afresh.
///
/// The feed is the real thing: it stops when a reader's loop makes no turn, or when the database does not answer.
struct Watchdog: Sendable {
    let manager: ServiceManager
    let vitals: Vitals
    let time: Timekeeper
    let logger: Logger

    /// How long a loop may take for one turn. An exchange with a reader waits 3 s at most, a job some dozens of them.
    static let patience = Duration.seconds(60)
    /// How often the line of `systemctl status` is made anew when nobody waits for the feed.
    private static let leisure = Duration.seconds(10)

    func run() async {
        let pause = min(manager.watchdogInterval.map { $0 / 3 } ?? Self.leisure, Self.leisure)
        var loops = LoopWatch(limit: Self.patience)
        var (told, stuck) = ("", [String]())
        while !Task.isCancelled {
            await vitals.awaitStore()
            let found = loops.look(await vitals.turns(), after: pause)
            if found != stuck {
                stuck = found
                for name in found { logger.critical("a reader's loop hangs", metadata: ["reader": "\(name)"]) }
            }
            if stuck.isEmpty, manager.watchdogInterval != nil { try? manager.tell(.watchdog) }
            let summary = await vitals.summary()
            if summary != told, (try? manager.tell(.status(summary))) != nil { told = summary }
            guard (try? await time.sleep(pause)) != nil else { return }
        }
    }
}
