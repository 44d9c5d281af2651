import LinuxIO
import Logging
import Operations
import Wire

/// Wakes stations when something was plugged in, so that a reader that is back is found at once and not at the end of a
/// pause, and has the gates' lines looked at when a chip has come or gone. Without the kernel's word everything still
/// works, by trying every few seconds, and lines every minute.
struct Hotplug: Sendable {
    let stations: @Sendable () -> [Station]
    /// `nil` where gates have no lines.
    let bells: GateBells?
    let readiness: Readiness
    let bus: USBBus?
    let logger: Logger

    /// Until word is asked for again, where the system would not give it.
    private static let retry = Duration.seconds(60)

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await watchKernel() }
            if let bus { group.addTask { await watch(bus) } }
        }
    }

    /// Tells those whom the event may concern.
    func take(_ event: KernelEvent) async {
        if event.mayMoveLines { await bells?.chipsMoved() }
        if event.mayBringReader { await wake() }
    }

    private func wake() async {
        for station in stations() { await station.wake() }
    }

    private func watchKernel() async {
        var isTold = false
        while !Task.isCancelled {
            do throws(LinkError) {
                try await followKernel()
            } catch {
                guard !Task.isCancelled else { return }
                if !isTold { logger.info("no word of plugged devices", metadata: ["cause": "\(error)"]) }
                isTold = true
            }
            try? await Task.sleep(for: Self.retry)
        }
    }

    private func followKernel() async throws(LinkError) {
        var events = try KernelEvents.open(on: readiness)
        while !Task.isCancelled {
            do throws(LinkError) {
                let event = try await events.next(within: .seconds(3600))
                await take(event)
            } catch .timedOut {
                continue
            }
        }
    }

    private func watch(_ bus: USBBus) async {
        while !Task.isCancelled {
            try? await bus.watch { plug in
                if case .arrived = plug { await wake() }
            }
            try? await Task.sleep(for: Self.retry)
        }
    }
}
