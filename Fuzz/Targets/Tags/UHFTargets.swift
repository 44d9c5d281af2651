import Tags
import Wire

/// ISO/TS 28560-4: identifier bank and user bank.
enum UHFTargets {
    static let list = [
        FuzzTarget("iso28560-4", .tags, longest: 128) { input in
            let split = min(Int(input.first ?? 0), input.count)
            var reader = ByteReader(input.prefix(split).dropFirst())
            guard let bank = try? IdentifierBank(parsing: &reader) else { return }
            let tag = Part4Model.decode(bank, userBank: Array(input.dropFirst(split)))
            promise(tag.elements.count <= input.count + 8, "\(tag.elements.count) elements")
            promise((try? IdentifierBank(bank.bytes)) == bank, "the identifier bank is written in two ways")
        },
        FuzzTarget("urn-code-40", .tags, longest: 64) { input in
            let text = URNCode40.text(input[...])
            promise((text?.utf8.count ?? 0) <= 24 * (input.count + 1), "a text of \(text?.utf8.count ?? 0) bytes")
        },
    ]
}
