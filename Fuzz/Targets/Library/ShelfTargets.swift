import Library

/// Call numbers as catalogues spell them.
enum ShelfTargets {
    static let list = [
        FuzzTarget("call-number", .shelf, longest: 96) { input in
            guard let choice = input.first else { return }
            let scheme = CallNumberScheme.allCases[Int(choice) % CallNumberScheme.allCases.count]
            let text = String(decoding: input.dropFirst(), as: UTF8.self)
            let key = ShelfKey(callNumber: text, scheme: scheme)
            promise(key?.bytes.contains(0xFF) != true, "FF in the key of \(text)")
            promise((key?.bytes.count ?? 0) <= 8 * input.count + 64, "a key of \(key?.bytes.count ?? 0) bytes")
            guard case .success(let parts) = ShelfKey.explanation(of: text, scheme: scheme) else {
                promise(key == nil, "a key without explanation")
                return
            }
            promise(
                key?.bytes.starts(with: parts.flatMap(\.bytes)) == true,
                "\(Array(text.utf8)) in \(scheme): \(key?.bytes ?? []), explained \(parts)"
            )
        },
        FuzzTarget("shelf-rules", .shelf, longest: 96, run: rules),
        FuzzTarget("shelf-range", .shelf, longest: 128, run: range),
    ]

    /// By any switches a key is bounded and explained by its own bytes; space around the number changes nothing.
    private static func rules(_ input: [UInt8]) {
        guard let choice = input.first, let second = input.dropFirst().first else { return }
        let scheme = CallNumberScheme.allCases[Int(choice) % CallNumberScheme.allCases.count]
        let rules = rules(second)
        let text = String(decoding: input.dropFirst(2), as: UTF8.self)
        let key = ShelfKey(callNumber: text, scheme: scheme, rules: rules)
        promise(key?.bytes.contains(0xFF) != true, "FF in the key of \(text)")
        promise((key?.bytes.count ?? 0) <= 8 * input.count + 64, "a key of \(key?.bytes.count ?? 0) bytes")
        if case .success(let parts) = ShelfKey.explanation(of: text, scheme: scheme, rules: rules) {
            promise(key?.bytes.starts(with: parts.flatMap(\.bytes)) == true, "\(text) in \(scheme): \(parts)")
        } else {
            promise(key == nil, "a key without explanation")
        }
        let spaced = ShelfKey(callNumber: " \(text) ", scheme: scheme, rules: rules)
        promise(spaced == key, "\(Array(text.utf8)) in \(scheme) is filed elsewhere with space around it")
    }

    private static func rules(_ choice: UInt8) -> ShelfOrderRules {
        ShelfOrderRules(
            prefixes: choice & 1 == 0 ? ShelfPrefix.common : [],
            workMark: choice & 2 == 0 ? .afterSecondCutter : .beforeSecondCutter,
            ignoresCutterX: choice & 4 != 0,
            partOrder: choice & 8 == 0 ? nil : [.copy, .volume, .date],
            readsRomanVolumes: choice & 16 == 0,
            thematicNumbersAreWhole: choice & 4 == 0,
            sudocLettersFirst: choice & 2 == 0,
            localLettersFirst: choice & 32 != 0,
            alphabet: FilingAlphabet.allCases[Int(choice >> 6)]
        )
    }

    /// A stretch that ends before it begins is refused; one with a single end, or twice the same, holds it.
    private static func range(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let scheme = CallNumberScheme.allCases[Int(choice) % CallNumberScheme.allCases.count]
        let ends = input.dropFirst().split(separator: 0x7C, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
        guard let from = ends.first, let to = ends.last else { return }
        if let range = try? ShelfRange(from: from, to: to, scheme: scheme) {
            promise(range.lower.lexicographicallyPrecedes(range.upper), "\(range)")
        }
        for end in [from, to] {
            guard let key = ShelfKey(callNumber: end, scheme: scheme) else { continue }
            for (from, to) in [(end, end), (end, nil), (nil, end)] {
                let range = try? ShelfRange(from: from, to: to, scheme: scheme)
                promise(range?.contains(key) == true, "\(end) in \(scheme) is not in its own stretch: \(key), \(ends)")
            }
        }
    }
}
