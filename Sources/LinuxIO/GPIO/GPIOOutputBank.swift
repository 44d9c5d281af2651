import Glibc
import Wire

/// The outputs of one chip: how they shall stand, and the request that holds them while the chip is there.
struct GPIOOutputBank: Sendable {
    private let chip: String
    private let lines: [GPIOOutput]
    private let folder: String
    private var wanted: UInt64 = 0
    private var request: GPIORequest?

    init(_ bank: GPIOPlan.Bank<GPIOOutput>, in folder: String) throws(GPIOError) {
        chip = bank.chip
        lines = bank.lines
        self.folder = folder
        request = try Self.request(bank, values: wanted)
    }

    /// Switches one line by one call into the kernel.
    ///
    /// When the chip has gone it is looked for at once and, if it is back, takes up all its lines as they shall stand;
    /// otherwise the wish is kept for the next attempt.
    mutating func set(_ index: Int, to on: Bool) throws(LineError) {
        let bit: UInt64 = 1 << UInt64(index)
        wanted = on ? wanted | bit : wanted & ~bit
        if let request {
            switch request.set(wanted, mask: bit) {
            case 0: return
            case ENODEV: self.request = nil
            case let code:
                throw .system(errno: code, call: "set \(lines[index].name)", meaning: LinkError.meaning(of: code))
            }
        }
        guard let chips = try? GPIOChip.all(in: folder),
            let bank = try? GPIOPlan(GPIOLayout(outputs: lines), on: chips).outputs.first,
            let request = try? Self.request(bank, values: wanted)
        else { throw .chipGone(name: chip) }
        self.request = request
    }

    /// Everything off: some chips keep the last level when their lines are let go, so nobody may count on the kernel.
    mutating func makeSafe() {
        wanted = 0
        _ = request?.set(0, mask: .max)
    }

    private static func request(_ bank: GPIOPlan.Bank<GPIOOutput>, values: UInt64) throws(GPIOError) -> GPIORequest {
        let settings = zip(bank.lines, bank.offsets).map { GPIOLineSetting($0, at: $1) }
        return try GPIORequest(chip: bank.path, label: bank.chip, settings, values: values)
    }
}
