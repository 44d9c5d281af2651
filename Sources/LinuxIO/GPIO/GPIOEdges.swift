import CLinux
import Glibc
import Wire

/// Waits for the input lines of all chips and gives out their changes one by one.
///
/// A chip that vanishes is asked for again every second; when it is back, its levels are compared with what was known,
/// so that a fire contact that opened in between is not missed. Where the kernel cannot wait for the chips at all, what
/// they have to tell is looked for once a second: only the task's end ends the changes.
actor GPIOEdges {
    private struct Input {
        var lines: [GPIOInput]
        var tracker: GPIOInputTracker
        var request: GPIORequest?
    }

    private let folder: String
    private let readiness: Readiness
    /// Ready when any of the chips has something to tell.
    private let any: Descriptor
    private var inputs: [Input] = []
    private var hearing: GPIOHearing
    private var pending: [LineEdge] = []
    /// Inputs that are heard no more, and those that are heard again.
    nonisolated let losses: AsyncStream<LineLoss>
    private let tell: AsyncStream<LineLoss>.Continuation

    init(_ banks: [GPIOPlan.Bank<GPIOInput>], in folder: String, on readiness: Readiness) throws(GPIOError) {
        self.folder = folder
        self.readiness = readiness
        any = try Self.watchedSet()
        (losses, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
        hearing = GPIOHearing(banks.map { $0.lines.map(\.name) })
        for bank in banks {
            var input = Input(lines: bank.lines, tracker: GPIOInputTracker(bank), request: nil)
            let (request, levels) = try Self.request(bank, watchedBy: any)
            pending += input.tracker.compare(with: levels, at: Deadline.now.nanoseconds)
            input.request = request
            inputs.append(input)
        }
    }

    /// The next change; `nil` when the waiting task was cancelled or there are no inputs.
    func next() async -> LineEdge? {
        while pending.isEmpty, !inputs.isEmpty, !Task.isCancelled {
            do throws(LinkError) {
                try await readiness.wait(for: .reading, on: any, until: hearing.attempt)
                report(hearing.waited(at: .now))
            } catch {
                guard !Task.isCancelled else { break }
                if error == .timedOut {
                    report(hearing.waited(at: .now))
                } else {
                    report(hearing.waitingFailed(cause: "\(error)", at: .now))
                    try? await Task.sleep(for: GPIOHearing.pause)
                }
            }
            read()
            requestAgain()
        }
        return pending.isEmpty ? nil : pending.removeFirst()
    }

    private func report(_ news: [LineLoss]) {
        for loss in news { tell.yield(loss) }
    }

    private func read() {
        for index in inputs.indices {
            guard let request = inputs[index].request else { continue }
            guard let events = request.events() else {
                letGo(index)
                continue
            }
            let (edges, lost) = inputs[index].tracker.take(events)
            pending += edges
            guard lost else { continue }
            if let levels = request.values(inputs[index].lines.count) {
                compare(index, with: levels)
            } else {
                letGo(index)
            }
        }
    }

    /// Letting go of the request also takes it out of the watched set.
    private func letGo(_ index: Int) {
        inputs[index].request = nil
        let chip = inputs[index].lines.first?.place.chip ?? ""
        report(hearing.lose(index, cause: "\(LineError.chipGone(name: chip))", at: .now))
    }

    private func requestAgain() {
        guard hearing.isDue(at: .now), let chips = try? GPIOChip.all(in: folder) else { return }
        for index in inputs.indices where inputs[index].request == nil {
            guard let plan = try? GPIOPlan(GPIOLayout(inputs: inputs[index].lines), on: chips),
                let bank = plan.inputs.first, let (request, levels) = try? Self.request(bank, watchedBy: any)
            else { continue }
            inputs[index].request = request
            inputs[index].tracker.restart()
            report(hearing.regain(index, at: .now))
            compare(index, with: levels)
        }
    }

    private func compare(_ index: Int, with levels: UInt64) {
        pending += inputs[index].tracker.compare(with: levels, at: Deadline.now.nanoseconds)
    }

    /// Takes a chip's lines; they count as taken only when the kernel wakes us for them and tells their levels.
    private static func request(
        _ bank: GPIOPlan.Bank<GPIOInput>,
        watchedBy any: borrowing Descriptor
    ) throws(GPIOError) -> (GPIORequest, levels: UInt64) {
        let settings = zip(bank.lines, bank.offsets).map { GPIOLineSetting($0, at: $1) }
        let request = try GPIORequest(chip: bank.path, label: bank.chip, settings)
        try watch(request.descriptor, by: any)
        guard let levels = request.values(bank.lines.count) else {
            throw .system(code: errno, call: "read levels of \(bank.chip)")
        }
        return (request, levels)
    }

    /// A descriptor that will be ready when any of those it watches is; it watches none yet.
    static func watchedSet() throws(GPIOError) -> Descriptor {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw .system(code: errno, call: "epoll_create1") }
        return Descriptor(owning: number)
    }

    /// Lets `any` be ready whenever the descriptor is; throws what the kernel says to it.
    static func watch(_ descriptor: borrowing Descriptor, by any: borrowing Descriptor) throws(GPIOError) {
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        guard epoll_ctl(any.raw, EPOLL_CTL_ADD, descriptor.raw, &event) == 0 else {
            throw .system(code: errno, call: "epoll_ctl")
        }
    }
}
