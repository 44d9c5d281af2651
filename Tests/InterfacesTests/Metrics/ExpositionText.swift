import Foundation

/// Reads the text exposition format as a scraper does, and finds what breaks its rules or its conventions.
struct ExpositionText {
    struct Sample: Hashable {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    private(set) var samples: [Sample] = []
    private(set) var types: [String: String] = [:]
    private(set) var mistakes: [String] = []

    init(_ text: String) {
        if !text.hasSuffix("\n") { mistakes.append("no line end at the end") }
        var helped: Set<String> = []
        var family: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            if words.first == "#", words.count == 4 {
                if words[1] == "HELP" {
                    if !helped.insert(words[2]).inserted { mistakes.append("\(words[2]): helped twice") }
                } else if words[1] == "TYPE" {
                    types[words[2]] = words[3]
                    family = words[2]
                }
                continue
            }
            guard let sample = Self.sample(String(line)) else {
                mistakes.append("not a sample: \(line)")
                continue
            }
            if let family, !sample.name.hasPrefix(family) { mistakes.append("\(sample.name): outside its family") }
            samples.append(sample)
        }
        judge()
    }

    private mutating func judge() {
        let names = try? Regex("[a-zA-Z_:][a-zA-Z0-9_:]*")
        for (name, type) in types {
            if let names, (try? names.wholeMatch(in: name)) == nil { mistakes.append("\(name): not a name") }
            if (type == "counter") != name.hasSuffix("_total") { mistakes.append("\(name): \(type) and its ending") }
            if name.contains("millisecond") { mistakes.append("\(name): base units are seconds and bytes") }
        }
        if Set(samples.map { "\($0.name) \($0.labels.sorted { $0.key < $1.key })" }).count != samples.count {
            mistakes.append("a series twice")
        }
        for (name, type) in types where type == "histogram" {
            let buckets = samples.filter { $0.name == name + "_bucket" }
            let values = buckets.map(\.value)
            if values != values.sorted() { mistakes.append("\(name): buckets fall") }
            let count = samples.first { $0.name == name + "_count" }?.value
            if buckets.last?.labels["le"] != "+Inf" || buckets.last?.value != count {
                mistakes.append("\(name): count and last bucket differ")
            }
        }
    }

    private static func sample(_ line: String) -> Sample? {
        guard let space = line.lastIndex(of: " "),
            let value = Double(line[line.index(after: space)...].replacing("Inf", with: "inf"))
        else { return nil }
        let series = line[..<space]
        guard let brace = series.firstIndex(of: "{") else {
            return Sample(name: String(series), labels: [:], value: value)
        }
        guard series.hasSuffix("}") else { return nil }
        var labels: [String: String] = [:]
        var rest = series[series.index(after: brace)..<series.index(before: series.endIndex)]
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "="), rest[equals...].hasPrefix("=\"") else { return nil }
            let name = String(rest[..<equals])
            var index = rest.index(equals, offsetBy: 2)
            var text = ""
            while index < rest.endIndex, rest[index] != "\"" {
                if rest[index] == "\\" {
                    index = rest.index(after: index)
                    guard index < rest.endIndex else { return nil }
                    text.append(rest[index] == "n" ? "\n" : rest[index])
                } else {
                    text.append(rest[index])
                }
                index = rest.index(after: index)
            }
            guard index < rest.endIndex else { return nil }
            labels[name] = text
            rest = rest[rest.index(after: index)...]
            if rest.first == "," { rest = rest.dropFirst() }
        }
        return Sample(name: String(series[..<brace]), labels: labels, value: value)
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }?.value
    }
}
