import Logging
import Operations

/// Looks once through the pages of the database when the service is at work, and says loudly when one is torn.
///
/// Nothing waits for it: five million items take a disk minutes. What it finds stands in the status until
/// `pressmark check` finds everything whole.
struct StartCheck: Sendable {
    let backups: BackupRoom
    /// Ends when the service is ready.
    let ready: AsyncStream<Void>
    let logger: Logger

    func run() async {
        for await _ in ready {}
        guard !Task.isCancelled else { return }
        do {
            try await backups.quickCheck()
            logger.info("no page of the database is torn")
        } catch is CancellationError {
            return
        } catch {
            let trouble = StoreTrouble(error)
            var words: Logger.Metadata = ["cause": "\(trouble?.cause ?? "\(error)")"]
            if let hint = trouble?.hint { words["hint"] = "\(hint)" }
            if await backups.damage == nil {
                logger.warning("the pages of the database could not be looked at", metadata: words)
            } else {
                logger.critical("the database is torn", metadata: words)
            }
        }
    }
}
