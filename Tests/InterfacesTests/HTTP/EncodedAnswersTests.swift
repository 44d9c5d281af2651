import API
import Foundation
import NIOCore
import Testing

@testable import Interfaces

/// Counts how often it is encoded.
private struct Counted: Encodable, Equatable, Sendable {
    final class Counter: @unchecked Sendable { var count = 0 }

    var number: Int
    var text = ""
    var counter: Counter

    static func == (one: Counted, other: Counted) -> Bool { one.number == other.number && one.text == other.text }

    enum CodingKeys: CodingKey { case number, text }

    func encode(to encoder: any Encoder) throws {
        counter.count += 1
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(text, forKey: .text)
    }
}

@Suite struct EncodedAnswersTests {
    private let answers = EncodedAnswers()
    private let counter = Counted.Counter()

    private func ask(_ number: Int, _ text: String = "") throws -> EncodedAnswers.Answer {
        try answers.answer(for: Counted(number: number, text: text, counter: counter))
    }

    @Test func `what is the same is encoded once, and what differs is another answer`() throws {
        let first = try ask(1)
        let again = try ask(1)
        let other = try ask(2)
        #expect(counter.count == 2)
        #expect(first.bytes == again.bytes && first.tag == again.tag)
        #expect(String(buffer: other.bytes) == #"{"number":2,"text":""}"#)
        #expect(other.tag != first.tag)
    }

    @Test func `values of other types are told apart`() throws {
        #expect(String(buffer: try answers.answer(for: [1]).bytes) == "[1]")
        #expect(String(buffer: try answers.answer(for: [1.5]).bytes) == "[1.5]")
        #expect(String(buffer: try answers.answer(for: [1]).bytes) == "[1]")
    }

    @Test func `only the last few are kept, and nothing long`() throws {
        for number in 0...EncodedAnswers.most { _ = try ask(number) }
        counter.count = 0
        _ = try ask(EncodedAnswers.most)
        #expect(counter.count == 0)
        _ = try ask(0)
        #expect(counter.count == 1)
        let long = String(repeating: "x", count: EncodedAnswers.longest)
        for _ in 0..<2 { _ = try ask(100, long) }
        #expect(counter.count == 3)
    }
}
