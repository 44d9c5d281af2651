package import Wire

/// The siren, the lamp and the fire contact on the kernel's GPIO character device (uAPI v2, Linux 5.10 and later).
///
/// Outputs are off when they are taken and off when they are let go. Lines are shown as used by `pressmark`.
package struct GPIOLines: Lines, ~Copyable {
    private var banks: [GPIOOutputBank]
    private var places: [String: (bank: Int, index: Int)] = [:]
    private let inputs: GPIOEdges

    /// Finds the chips by label and the lines by name and takes them all, or none.
    package static func open(
        _ layout: GPIOLayout,
        in folder: String = "/dev",
        on readiness: Readiness
    ) throws(GPIOError) -> GPIOLines {
        let plan = try GPIOPlan(layout, on: GPIOChip.all(in: folder))
        let inputs = try GPIOEdges(plan.inputs, in: folder, on: readiness)
        var banks: [GPIOOutputBank] = []
        for bank in plan.outputs { banks.append(try GPIOOutputBank(bank, in: folder)) }
        return GPIOLines(banks, plan, inputs)
    }

    private init(_ banks: [GPIOOutputBank], _ plan: GPIOPlan, _ inputs: GPIOEdges) {
        self.banks = banks
        self.inputs = inputs
        for (number, bank) in plan.outputs.enumerated() {
            for (index, line) in bank.lines.enumerated() { places[line.name] = (number, index) }
        }
    }

    deinit {
        for var bank in banks { bank.makeSafe() }
    }

    package mutating func set(_ output: String, to on: Bool) throws(LineError) {
        guard let place = places[output] else { throw .unknown(name: output, known: places.keys.sorted()) }
        try banks[place.bank].set(place.index, to: on)
    }

    /// Inputs whose chip is gone, and back again, for one listener, while somebody takes ``edges()``.
    package var losses: AsyncStream<LineLoss> { inputs.losses }

    /// The changes of all inputs, for one listener; an input that is active at the start is the first change.
    ///
    /// Time stamps are taken by the kernel in the interrupt, on the monotonic clock.
    package func edges() -> AsyncStream<LineEdge> {
        AsyncStream { [inputs] in await inputs.next() }
    }
}
