import Library
package import Logging
package import Wire

/// Makes an alarm heard: switches a gate's output on at once, and off again within 50 ms of its end.
package actor Siren {
    /// What rings for a gate.
    package struct Bell: Hashable, Sendable {
        /// The output's name among the lines.
        package var output: String
        package var duration: Duration

        package init(output: String, duration: Duration) {
            self.output = output
            self.duration = duration
        }
    }

    private var lines: any Lines & ~Copyable
    private let bells: [String: Bell]
    private let time: Timekeeper
    private let logger: Logger
    /// Until when each output rings.
    private var ringing: [String: Moment] = [:]
    private static let step: Duration = .milliseconds(50)
    private let rings: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation

    /// - Parameter bells: by gate.
    package init(_ lines: consuming any Lines & ~Copyable, bells: [String: Bell], time: Timekeeper, logger: Logger) {
        self.lines = lines
        self.bells = bells
        self.time = time
        self.logger = logger
        (rings, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Rings for a gate; a gate without a bell stays silent. Ringing already, it rings on from now.
    package func sound(at gate: String) {
        guard let bell = bells[gate] else { return }
        ringing[bell.output] = time.now() + bell.duration
        set(bell.output, to: true)
        ring.yield()
    }

    /// Switches off what has rung long enough, until cancelled; then everything.
    package func run() async {
        for await _ in rings {
            while let next = ringing.values.min() {
                // In short steps: another output may begin, and end earlier, meanwhile.
                let rest = min(max(next.since(time.now()), .zero), Self.step)
                guard (try? await time.sleep(rest)) != nil else { break }
                let now = time.now()
                for (output, end) in ringing where end <= now {
                    ringing[output] = nil
                    set(output, to: false)
                }
            }
        }
        for output in ringing.keys { set(output, to: false) }
        ringing = [:]
    }

    private func set(_ output: String, to on: Bool) {
        do throws(LineError) {
            try lines.set(output, to: on)
        } catch {
            logger.error("gate output", metadata: ["output": "\(output)", "cause": "\(error)"])
        }
    }
}
