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
        }
    ]
}
