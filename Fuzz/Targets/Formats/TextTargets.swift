import Foundation
import Wire

/// Values as exports spell them, and the spellings in which requests are written.
enum TextTargets {
    static let list = [
        FuzzTarget("json-value", .formats) { input in
            guard let value = try? JSONParser.value(input[...]) else { return }
            let again = try? JSONParser.value(Array(written(value).utf8)[...])
            promise(again == value, "\(value) became \(again.map { "\($0)" } ?? "nothing")")
        },
        FuzzTarget("marc-8", .formats, longest: 128) { input in
            let text = MARC8.text(input[...])
            promise(text.utf8.count <= 4 * input.count, "\(text.utf8.count) bytes of \(input.count)")
            guard input.allSatisfy({ (0x20...0x7E).contains($0) }) else { return }
            promise(text.utf8.elementsEqual(input), "\(input) became \(text)")
        },
        FuzzTarget("plain-text", .formats, longest: 128) { input in
            var wasLatin = false
            guard let text = PlainText.decoded(input[...], wasLatin: &wasLatin) else { return }
            let bytes = Array(text.utf8)
            promise(bytes.count <= 3 * input.count, "\(bytes.count) bytes of \(input.count)")
            promise(bytes.first.map(PlainText.isSpace) == false, "a space before \(text)")
            promise(bytes.last.map(PlainText.isSpace) == false, "a space behind \(text)")
            promise(PlainText.decoded(bytes[...], wasLatin: &wasLatin) == text, "\(text) is read in two ways")
        },
        FuzzTarget("request-text", .formats, longest: 128) { input in
            let text = String(decoding: input, as: UTF8.self)
            let coded = PullText.encoded(text)
            promise(coded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"&=?#/".utf8.contains($0) }, coded)
            promise(coded.removingPercentEncoding == text, "\(coded) is not \(text)")
            promise(Data(base64Encoded: PullText.base64(text)) == Data(text.utf8), "base64 of \(text)")
            let quoted = Array(PullText.json(text).utf8)
            promise(quoted.allSatisfy { $0 >= 0x20 }, "a control character in \(quoted)")
            promise((try? JSONParser.value(quoted[...])) == .string(text), "\(quoted) is not \(text)")
            promise(abs(PullText.secondsAhead(text) ?? 0) <= 14 * 3600, "\(text) is far ahead")
        },
    ]

    private static func written(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let spelling): spelling
        case .string(let text): PullText.json(text)
        case .array(let values): "[" + values.map(written).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { PullText.json($0) + ":" + written($1) }.joined(separator: ",") + "}"
        }
    }
}
