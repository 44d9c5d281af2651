import Logging
package import Readers
package import Wire

/// Lines that are the outputs of readers themselves: the siren or lamp built into a gate (FEIG commands 71 and 72).
///
/// Setting one leaves an order for the reader's station and returns at once; the order travels between two looks.
package struct ReaderLines: Lines, ~Copyable {
    /// Which output of which reader a line is.
    package struct Place: Hashable, Sendable {
        /// The reader's name in the configuration: `gate-1`.
        package var reader: String
        /// Which of its lamps, buzzers or contacts.
        package var output: ReaderOutput

        package init(reader: String, output: ReaderOutput) {
            self.reader = reader
            self.output = output
        }
    }

    /// One output to be switched by its reader.
    package struct Order: Hashable, Sendable {
        /// The line's name: `gate-1 siren`.
        package var line: String
        /// The output, and the reader that has it.
        package var place: Place
        /// Whether it is to be switched on.
        package var on: Bool
    }

    private let places: [String: Place]
    private let give: AsyncStream<Order>.Continuation

    /// The longest that a reader keeps an output on when nobody switches it off: a crash leaves no siren on for ever. A
    /// reader that cannot time its outputs keeps them on until it is told.
    package static let longest: Duration = .seconds(300)

    /// - Parameter places: by line name.
    package init(_ places: [String: Place]) {
        let (orders, give) = AsyncStream.makeStream(of: Order.self, bufferingPolicy: .bufferingNewest(256))
        self.places = places
        self.orders = orders
        self.give = give
    }

    /// The orders as they come; for ``ReaderLines/obey(_:with:tell:)``.
    package let orders: AsyncStream<Order>

    package mutating func set(_ output: String, to on: Bool) throws(LineError) {
        guard let place = places[output] else { throw .unknown(name: output, known: places.keys.sorted()) }
        give.yield(Order(line: output, place: place, on: on))
    }

    package func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }

    /// Carries orders to the stations until cancelled; a reader that is away loses them, and one that is slow keeps its
    /// own waiting alone.
    ///
    /// - Parameter tell: takes what came of each order: the line, and why it was not switched; `nil` when it was.
    package static func obey(
        _ orders: AsyncStream<Order>,
        with stations: [Station],
        tell: @escaping @Sendable (_ line: String, _ cause: String?) async -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            var queues: [String: AsyncStream<Order>.Continuation] = [:]
            for await order in orders {
                let reader = order.place.reader
                if queues[reader] == nil {
                    let (own, give) = AsyncStream.makeStream(of: Order.self, bufferingPolicy: .bufferingNewest(256))
                    queues[reader] = give
                    group.addTask {
                        for await order in own { await tell(order.line, await carry(order, to: stations)) }
                    }
                }
                queues[reader]?.yield(order)
            }
            for queue in queues.values { queue.finish() }
        }
    }

    private static func carry(_ order: Order, to stations: [Station]) async -> String? {
        let name = order.place.reader
        guard let station = stations.first(where: { $0.setup.name == name }) else {
            return "reader \(name): not configured"
        }
        do throws(StationError) {
            return try await station.perform { reader -> String? in
                do throws(ReaderError) {
                    try await Self.perform(order, on: &reader)
                    return nil
                } catch {
                    return "reader \(name): \(error)"
                }
            }
        } catch {
            return "\(error)"
        }
    }

    /// A reader that cannot time an output is switched until told otherwise; each pattern ends with an order for off.
    private static func perform(
        _ order: Order,
        on reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) {
        let output = order.place.output
        guard order.on else { return try await reader.switchOutput(output, .off, for: .zero) }
        do throws(ReaderError) {
            try await reader.switchOutput(output, .on, for: Self.longest)
        } catch {
            guard case .unsupported = error else { throw error }
            try await reader.switchOutput(output, .on, for: .zero)
        }
    }
}
