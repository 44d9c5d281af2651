import Library

/// Makes up the holdings of the simulated branch: one location of about 2 000 items in Library of Congress order, with
/// the loans, losses and oddities of a real shelf. The same seed makes the same holdings.
struct SimulatedHoldings: Sendable {
    /// Everything the library system knows, in shelf order.
    var items: [Item]

    static let branch = "MAIN"
    static let location = "REF"
    /// An ISIL nobody has: ZZ is left for private use by ISO 3166.
    static let owner = "ZZ-PRESS"

    init(count: Int, using generator: inout some RandomNumberGenerator) {
        var keyed: [(ShelfKey, Item)] = []
        for number in 0..<count {
            let callNumber = Self.callNumber(using: &generator)
            guard let key = ShelfKey(callNumber: callNumber, scheme: .lcc) else { continue }
            keyed.append((key, Self.item(number: number, callNumber: callNumber, using: &generator)))
        }
        items = keyed.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func item(
        number: Int,
        callNumber: String,
        using generator: inout some RandomNumberGenerator
    ) -> Item {
        let status = status(using: &generator)
        return Item(
            barcode: barcode(number),
            itemIdentifier: "\(100_000 + number)",
            recordIdentifier: "\(50_000 + number)",
            title: title(using: &generator),
            callNumber: callNumber,
            scheme: .lcc,
            homeBranch: branch,
            holdingBranch: branch,
            location: location,
            permanentLocation: location,
            itemType: "BK",
            status: status,
            statusText: status == .available ? nil : status.rawValue,
            parts: 1
        )
    }

    /// Fourteen digits: 3 for an item, a library number, a running number and the Luhn check digit libraries use.
    static func barcode(_ number: Int) -> String {
        let digits = "30100" + String(String(100_000_000 + number).dropFirst())
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = (digit.wholeNumberValue ?? 0) * (place.isMultiple(of: 2) ? 2 : 1)
            sum += value > 9 ? value - 9 : value
        }
        return digits + String((10 - sum % 10) % 10)
    }

    private static func status(using generator: inout some RandomNumberGenerator) -> ItemStatus {
        switch Int.random(in: 0..<1000, using: &generator) {
        case 0..<70: .onLoan
        case 70..<76: .lost
        case 76..<80: .missing
        case 80..<85: .inTransit
        case 85..<90: .onHoldShelf
        case 90..<93: .withdrawn
        default: .available
        }
    }

    /// Most of the shelf is computing: QA 76 and its neighbours, as in many a science library.
    private static func callNumber(using generator: inout some RandomNumberGenerator) -> String {
        let classes = [
            "QA 71", "QA 73", "QA 75", "QA 75.5", "QA 76", "QA 76", "QA 76.15", "QA 76.5", "QA 76.54", "QA 76.58",
            "QA 76.6", "QA 76.62", "QA 76.64", "QA 76.73", "QA 76.73", "QA 76.76", "QA 76.8", "QA 76.87", "QA 76.9",
            "QA 76.9", "QA 77", "QA 79", "QA 90", "QA 135", "QA 154", "QA 155", "QA 184", "QA 241", "QA 273", "QA 276",
        ]
        let letters = Array("ABCDEFGHIJKLMNOPRSTUVWYZ")
        let classNumber = classes[Int.random(in: 0..<classes.count, using: &generator)]
        let cutter = letters[Int.random(in: 0..<letters.count, using: &generator)]
        let decimals = Int.random(in: 2...999, using: &generator)
        let year = Int.random(in: 1962...2025, using: &generator)
        guard Int.random(in: 0..<4, using: &generator) == 0 else {
            return "\(classNumber) .\(cutter)\(decimals) \(year)"
        }
        let second = letters[Int.random(in: 0..<letters.count, using: &generator)]
        return "\(classNumber) .\(cutter)\(decimals) \(second)\(Int.random(in: 2...99, using: &generator)) \(year)"
    }

    private static func title(using generator: inout some RandomNumberGenerator) -> String {
        let subjects = [
            "Algorithms", "Compilers", "Data bases", "Queues", "Graph theory", "Numerical methods", "Operating systems",
            "Formal languages", "Networks", "Cryptology", "Logic", "Sorting and searching", "Linear algebra", "Sets",
            "Probability", "Automata", "Information retrieval", "Machine arithmetic", "Simulation",
            "Error-correcting codes",
        ]
        let forms = [
            "An introduction to %", "% in practice", "Foundations of %", "Lectures on %", "% explained", "Notes on %",
            "A handbook of %", "Elements of %", "%: problems and solutions", "The history of %",
        ]
        let subject = subjects[Int.random(in: 0..<subjects.count, using: &generator)]
        let form = forms[Int.random(in: 0..<forms.count, using: &generator)]
        return form.replacing("%", with: form.hasPrefix("%") ? subject : subject.lowercased())
    }
}
