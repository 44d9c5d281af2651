import API
import Library

/// The lines of a text as call numbers in shelf order, and those that have no place in it.
struct SortedCallNumbers {
    private(set) var numbers: [String] = []
    private(set) var unsortable: [RejectedRow] = []

    /// Empty lines are left out.
    init(text: String, scheme: CallNumberScheme, rules: ShelfOrderRules) {
        var keyed: [(key: ShelfKey, place: Int, number: String)] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let number = String(line)
            switch ShelfKey.filed(number, scheme: scheme, rules: rules) {
            case .success(let key): keyed.append((key, index, number))
            case .failure(let refusal):
                unsortable.append(RejectedRow(line: index + 1, cause: refusal.description, text: number))
            }
        }
        keyed.sort { $0.key == $1.key ? $0.place < $1.place : $0.key < $1.key }
        numbers = keyed.map(\.number)
    }

    /// The answer for programs.
    struct Answer: Encodable {
        var sorted: [String]
        var unsortable: [RejectedRow]
    }

    var answer: Answer { Answer(sorted: numbers, unsortable: unsortable) }
}
