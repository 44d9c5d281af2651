import CLinux
import Glibc
import Wire

/// Waits for the input lines of all chips and gives out their changes one by one.
///
/// A chip that vanishes is asked for again every second; when it is back, its levels are compared with what was known,
/// so that a fire contact that opened in between is not missed.
actor GPIOEdges {
    private struct Input {
        var lines: [GPIOInput]
        var tracker: GPIOInputTracker
        var request: GPIORequest?
    }

    private static let retry: Duration = .seconds(1)

    private let folder: String
    private let readiness: Readiness
    /// Ready when any of the chips has something to tell.
    private let any: Descriptor
    private var inputs: [Input] = []
    private var pending: [LineEdge] = []
    /// Inputs that are heard no more, and those that are heard again.
    nonisolated let losses: AsyncStream<LineLoss>
    private let tell: AsyncStream<LineLoss>.Continuation

    init(_ banks: [GPIOPlan.Bank<GPIOInput>], in folder: String, on readiness: Readiness) throws(GPIOError) {
        self.folder = folder
        self.readiness = readiness
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw .system(code: errno, call: "epoll_create1") }
        any = Descriptor(owning: number)
        (losses, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
        for bank in banks {
            var input = Input(lines: bank.lines, tracker: GPIOInputTracker(bank), request: nil)
            let request = try Self.request(bank)
            Self.watch(request, by: any)
            pending += input.tracker.compare(with: request.values(bank.lines.count) ?? 0, at: Deadline.now.nanoseconds)
            input.request = request
            inputs.append(input)
        }
    }

    /// The next change; `nil` when the waiting task was cancelled or there are no inputs.
    func next() async -> LineEdge? {
        while pending.isEmpty, !inputs.isEmpty, !Task.isCancelled {
            let complete = inputs.allSatisfy { $0.request != nil }
            do throws(LinkError) {
                try await readiness.wait(
                    for: .reading,
                    on: any,
                    until: complete ? .never : Deadline.now + Self.retry
                )
                read()
            } catch {
                guard error == .timedOut else { return nil }
                requestAgain()
            }
        }
        return pending.isEmpty ? nil : pending.removeFirst()
    }

    private func read() {
        for index in inputs.indices {
            guard let request = inputs[index].request else { continue }
            guard let events = request.events() else {
                // Letting go of the request also takes it out of the watched set.
                inputs[index].request = nil
                let lines = inputs[index].lines
                let chip = lines.first?.place.chip ?? ""
                tell.yield(LineLoss(inputs: lines.map(\.name), cause: "\(LineError.chipGone(name: chip))"))
                continue
            }
            let (edges, lost) = inputs[index].tracker.take(events)
            pending += edges
            if lost { compare(index, with: request) }
        }
    }

    private func requestAgain() {
        guard let chips = try? GPIOChip.all(in: folder) else { return }
        for index in inputs.indices where inputs[index].request == nil {
            guard let plan = try? GPIOPlan(GPIOLayout(inputs: inputs[index].lines), on: chips),
                let bank = plan.inputs.first, let request = try? Self.request(bank)
            else { continue }
            Self.watch(request, by: any)
            inputs[index].request = request
            inputs[index].tracker.restart()
            tell.yield(LineLoss(inputs: inputs[index].lines.map(\.name), cause: nil))
            compare(index, with: request)
        }
    }

    private func compare(_ index: Int, with request: GPIORequest) {
        guard let levels = request.values(inputs[index].lines.count) else { return }
        pending += inputs[index].tracker.compare(with: levels, at: Deadline.now.nanoseconds)
    }

    private static func request(_ bank: GPIOPlan.Bank<GPIOInput>) throws(GPIOError) -> GPIORequest {
        let settings = zip(bank.lines, bank.offsets).map { GPIOLineSetting($0, at: $1) }
        return try GPIORequest(chip: bank.path, label: bank.chip, settings)
    }

    private static func watch(_ request: GPIORequest, by any: borrowing Descriptor) {
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        epoll_ctl(any.raw, EPOLL_CTL_ADD, request.descriptor.raw, &event)
    }
}
