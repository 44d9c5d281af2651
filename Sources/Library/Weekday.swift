/// A day of the week, from Monday on; its raw value is the word of the configuration: `monday`.
package enum Weekday: String, CaseIterable, Hashable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// - Parameter number: 1 for Monday to 7 for Sunday; others are taken modulo seven.
    package init(number: Int) {
        let index = ((number - 1) % 7 + 7) % 7
        self = Self.allCases[index]
    }

    /// In English, as a sentence has it: `Monday`.
    package var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
