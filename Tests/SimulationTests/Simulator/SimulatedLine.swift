import Wire

/// A channel between the service and something outside it, with its weather.
final class SimulatedLine: @unchecked Sendable {
    let inbox: Inbox
    private var far: any FarEnd
    private let processor: VirtualProcessor
    private let chance: Chance
    /// The weather of the moment.
    private let weather: @Sendable () -> ChannelWeather
    /// Whether the cable is in, the far end has power, and the program that holds the line is alive.
    private let isOpen: @Sendable () -> Bool
    private var isBroken = false

    init(
        to far: any FarEnd,
        _ processor: VirtualProcessor,
        _ chance: Chance,
        weather: @escaping @Sendable () -> ChannelWeather,
        isOpen: @escaping @Sendable () -> Bool
    ) {
        self.far = far
        self.processor = processor
        self.chance = chance
        self.weather = weather
        self.isOpen = isOpen
        inbox = Inbox(processor)
    }

    var uptime: Duration { processor.now }

    func send(_ bytes: [UInt8]) async throws(LinkError) {
        try check()
        if chance.happens(weather().breaks) { isBroken = true }
        for portion in weather().carry(bytes, chance) {
            var far = far
            let answers = await far.take(portion.bytes)
            self.far = far
            for answer in answers {
                for back in weather().carry(answer.bytes, chance) {
                    inbox.put(back.bytes, after: portion.delay + answer.after + back.delay)
                }
            }
        }
    }

    func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let end = processor.now + limit
        while true {
            if let bytes = inbox.take() { return bytes }
            try check()
            guard processor.now < end, !Task.isCancelled else { break }
            // A cable that is pulled is noticed within a moment.
            await inbox.wait(until: min(end, processor.now + (far.pace ?? .milliseconds(500))))
            await hearNews()
        }
        if limit > .zero { await far.lineFellSilent() }
        throw .timedOut
    }

    /// Lets a far end have its say that speaks by itself.
    private func hearNews() async {
        guard far.pace != nil else { return }
        var far = far
        let news = await far.speak()
        self.far = far
        for portion in weather().carry(news, chance) { inbox.put(portion.bytes, after: portion.delay) }
    }

    private func check() throws(LinkError) {
        guard isOpen(), !isBroken, !inbox.isClosed, !far.hasHungUp else { throw .closed }
    }
}

/// The service's end of a line.
struct SimulatedLink: Link, ~Copyable {
    let line: SimulatedLine

    mutating func uptime() -> Duration { line.uptime }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) { try await line.send(bytes) }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        try await line.receive(within: limit)
    }
}
