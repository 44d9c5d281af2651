import Field
import Interfaces
import Logging
import ServiceLifecycle

/// Lets the events of a scene happen in wall time, from the start of the service on; what is left of the branch then
/// stays as it is.
struct ScenePlayback: Service {
    let scene: Scene
    let branch: Branch
    let logger: Logger

    func run() async throws {
        await untilShutdown {
            let start = ContinuousClock.now
            var player = ScenePlayer(scene)
            while let next = player.nextTime {
                guard (try? await Task.sleep(until: start + next, clock: .continuous)) != nil else { return }
                for action in player.due(at: ContinuousClock.now - start) { await perform(action) }
            }
            logger.notice("scene is over", metadata: ["after": "\(scene.length)"])
        }
        try? await gracefulShutdown()
    }

    private func perform(_ action: BranchAction) async {
        do throws(BranchError) {
            try await branch.perform(action)
        } catch {
            logger.warning("scene", metadata: ["cause": "\(error)"])
        }
    }
}
