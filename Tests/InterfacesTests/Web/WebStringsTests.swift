import Foundation
import Importers
import Library
import NIOCore
import Tags
import Testing

@testable import Interfaces

/// A file of the page as it is served.
private func file(_ path: String) throws -> String {
    String(buffer: try #require(WebFile.all.first { $0.path == path }, "\(path) is not served").content)
}

/// The words of the page: a name that stands twice in an object silently has its second meaning everywhere, and one
/// that a language lacks is said as `undefined`.
@Suite struct WebStringsTests {
    private static let languages = ["/strings-en.js", "/strings-de.js"]
    /// Said as the state of the connection, by its name.
    private static let byName: Set<String> = ["connecting", "live", "lost"]

    private static func names(_ text: String) -> [String] {
        text.matches(of: /(?m)^  (\w+):/).map { String($0.output.1) }
    }

    /// Pages and scripts of the staff's page; the kiosk has words of its own.
    private static var pages: [WebFile] {
        WebFile.all.filter { !$0.path.hasPrefix("/kiosk") && !$0.path.hasSuffix(".css") }
    }

    private static func said(_ text: String) -> [String] {
        (text.matches(of: /\bsay\.(\w+)/).map(\.output.1)
            + text.matches(of: /data-(?:say|label)="(\w+)"/).map(\.output.1))
            .map(String.init)
    }

    @Test(arguments: languages)
    func `no word of the page is given twice`(_ path: String) throws {
        let names = Self.names(try file(path))
        #expect(names.count > 100)
        #expect(Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test(arguments: languages)
    func `every word that the page says is there, and every word that is there is said`(_ path: String) throws {
        let names = Set(Self.names(try file(path)))
        let said = Self.pages.flatMap { Self.said(String(buffer: $0.content)) }
        #expect(said.count > 300)
        #expect(Set(said).subtracting(names) == [])
        #expect(names.subtracting(said).subtracting(Self.byName) == [])
    }

    @Test func `the languages have the same keys, down to the last, and ask for the same facts`() throws {
        let shapes = try Self.languages.map { KeyScanner.keys(of: try file($0)) }
        #expect(shapes[0].contains("outcome.done.released") && shapes[0].contains("signedInAs/2"))
        #expect(shapes[0].count > 300)
        #expect(shapes[0].symmetricDifference(shapes[1]).sorted() == [])
    }

    @Test(arguments: ["en.element.", "de.element."])
    func `everything that may stand on a tag has words`(_ start: String) throws {
        let own = Self.sources(in: ["Sources/Tags/Models"]).matches(of: /\.add\("(\w+)"|"(\w+Block)"/)
            .compactMap { ($0.output.1 ?? $0.output.2).map(String.init) }
        #expect(own.contains("trailer") && own.contains("endBlock") && own.contains("illBlock"))
        let names = Set(own).union(DataElement.allCases.map(\.name))
        let keys = KeyScanner.keys(of: try file("/setup-words.js"), behind: "const words = ")
        let said = Set(keys.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) })
        #expect(names.subtracting(said).sorted() == [])
        #expect(said.subtracting(names).sorted() == [])
    }

    @Test(arguments: [("/kiosk-words.js", "export const words = "), ("/setup-words.js", "const words = ")])
    func `words that stand beside each other have the same keys too`(_ path: String, _ start: String) throws {
        let keys = KeyScanner.keys(of: try file(path), behind: start)
        let tongues = ["en.", "de."].map { tongue in
            Set(keys.filter { $0.hasPrefix(tongue) }.map { String($0.dropFirst(tongue.count)) })
        }
        #expect(tongues[0].count > 30)
        #expect(tongues[0].symmetricDifference(tongues[1]).sorted() == [])
    }

    @Test func `the languages that can be chosen are the ones there are`() throws {
        let offered = try file("/tongue.js").firstMatch(of: /tongues = \{([^}]*)\}/).map { String($0.output.1) } ?? ""
        let names = offered.matches(of: /(\w+): "/).map { String($0.output.1) }
        let files = try file("/strings.js").matches(of: /import\("\.(\/strings-\w+\.js)"\)/).map { String($0.output.1) }
        #expect(files == names.map { "/strings-\($0).js" } && files == Self.languages)
        // What is printed is asked for in the page's language.
        #expect(names == ReportTongue.allCases.map(\.rawValue))
    }

    /// What the daemon says from its tables.
    private static var tables: Set<String> {
        var words: [String] = [GateStatistics.nowhere]
        words += FindingKind.allCases.flatMap { [$0.rawValue, $0.remedy] }
        words += GateReason.allCases.flatMap { [$0.rawValue, $0.remedy] }
        words += GateQuiet.allCases.map(\.rawValue) + GateDirection.allCases.map(\.rawValue)
        words += GateTrouble.Kind.allCases.flatMap { kind in
            [kind.rawValue, GateTrouble(gate: "", kind: kind, at: TestService.start, cause: nil).remedy]
        }
        words += TagsSay.allCases.map(\.rawValue) + ItemStanding.allCases.map(\.rawValue)
        words += ItemStatus.allCases.map(\.rawValue) + SecurityCause.allCases.map(\.rawValue)
        words += WriteBackRoute.allCases.compactMap(\.notice)
        return Set(words)
    }

    /// What a table of what the daemon says has words for.
    private static func words(of table: String) throws -> [String] {
        let text = try file("/told-de.js")
        let start = try #require(text.range(of: "const \(table) = {\n")).upperBound
        let rows = text[start...].prefix(upTo: try #require(text[start...].range(of: "\n};")).lowerBound)
        return rows.matches(of: /(?m)^  (?:"([^"]+)"|(\w+)):/).map { String($0.output.1 ?? $0.output.2 ?? "") }
    }

    @Test func `what the daemon says in one place is still said there`() throws {
        let names = try Self.words(of: "more")
        #expect(names.count > 60 && names.count == Set(names).count)
        #expect(Self.tables.isDisjoint(with: names))
        let said = Self.sources(in: ["Sources/Tags", "Sources/Operations/Doctor"])
        #expect(names.filter { !said.contains("\"\($0)") && !said.contains("\($0)\"") } == [])
    }

    @Test func `what is said with gaps is still said, and every reason that a sweep gives has German words`() throws {
        let names = try Self.words(of: "sentences")
        #expect(names.count > 30 && names.count == Set(names).count)
        let folders = ["Sources/Library/Sweeps", "Sources/Interfaces/HTTP/Mapping", "Sources/Operations/Doctor"]
        let said = Self.sources(in: folders)
        #expect(names.flatMap(Self.parts).filter { !said.contains($0) } == [])
        let notices = WordTable("sentences", in: PackageResources.notice_de_js).rows.map(\.name)
        let noticed = Self.sources(in: ["Sources/Operations/Notices", "Sources/Library/Gate"])
        #expect(notices.count > 10)
        #expect(notices.flatMap(Self.parts).filter { !noticed.contains($0) } == [])
        let verdicts = said.matches(of: /Verdict\([^"]*?reason:\s*"((?:[^"\\]|\\\((?:[^()]|\([^()]*\))*\))*)"/)
        let reasons = verdicts.map { verdict in
            String(verdict.output.1).replacing("\\(part)", with: "the item")
                .replacing(/\\\((?:[^()]|\([^()]*\))*\)/, with: "7")
        }
        #expect(reasons.count > 15)
        #expect(reasons.filter { ReportTongue.de.told($0) == $0 } == [])
    }

    @Test func `what a check-up finds, and what helps, has German words`() {
        let tables = ["told", "more", "sentences"].map { WordTable($0, in: PackageResources.told_de_js) }
        let forms = tables.flatMap { table in table.rows.map { WordForm($0.name, $0.text) } }
        let code = Self.sources(in: ["Sources/Operations/Doctor"]).split(separator: "\n")
            .filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
        let said = code.matches(of: /"((?:[^"\\]|\\\((?:[^()]|\([^()]*\))*\))*)"/).map { found in
            String(found.output.1).replacing(/\\\((?:[^()]|\([^()]*\))*\)/, with: "7")
        }
        // What is put together from parts has forms of its own.
        let apart = ["; ", "its cable is unplugged", "the library system does not allow"]
        let sentences = said.filter { words in
            words.split(separator: " ").count > 2 && !apart.contains { words.hasPrefix($0) }
        }
        #expect(sentences.count > 40)
        let missing = sentences.filter { words in !forms.contains { $0.said(for: words, told: { $0 }) != nil } }
        #expect(missing == [])
    }

    @Test func `the evidence of an alarm is told before what begins like it`() throws {
        let text = try file("/told-de.js")
        let start = try #require(text.range(of: "const forms = [\n")).upperBound
        let forms = text[start...]
        let evidence = try #require(forms.range(of: "[/^(AFI [^:]+): ")).lowerBound
        let sentences = try #require(forms.range(of: "...Object.entries(sentences)")).lowerBound
        #expect(evidence < sentences)
        // Where no sentence begins like it any more, its place is free.
        #expect(text.contains("\"AFI {1}, status {2}\": "))
    }

    /// What stands between the gaps; plurals, the end of the shelf, brackets and a few lists are put in by the code.
    private static func parts(_ sentence: String) -> [String] {
        let gaps = sentence.replacing(/\ (?:1 )?(?:places?|items?)\b/, with: "{0}")
            .replacing(/(?:^|\ )the (?:end|item)\b/, with: "{0}")
            .replacing(/(?:,?\ (?:loans|returns|none))+$/, with: "{0}")
        return gaps.split(separator: /\{\d\}/).map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " ()")) }
            .filter { !$0.isEmpty }
    }

    /// The program's own text from these folders; a sentence that is written over two lines is one.
    private static func sources(in folders: [String]) -> String {
        var root = URL(filePath: #filePath)
        while root.path != "/", !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
            root.deleteLastPathComponent()
        }
        let texts = folders.map { root.appending(path: $0) }.flatMap { folder in
            (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []).compactMap {
                ($0 as? URL).flatMap {
                    $0.pathExtension == "swift" ? try? String(contentsOf: $0, encoding: .utf8) : nil
                }
            }
        }
        return texts.joined().replacing(/"\s*\+ "/, with: "")
    }

    @Test func `what the daemon says from its tables is said in German, and nothing else is held ready`() throws {
        let names = try Self.words(of: "told")
        #expect(names.count == Set(names).count)
        #expect(Self.tables.subtracting(names).sorted() == [])
        #expect(Set(names).subtracting(Self.tables).sorted() == [])
    }
}

/// Finds the keys of an object in a script, nested ones as `outer.inner`, functions with the number of their facts.
struct KeyScanner {
    private var rest: Substring
    private var found: Set<String> = []

    static func keys(of script: String, behind start: String = "export const say = ") -> Set<String> {
        guard let start = script.range(of: start)?.upperBound else { return [] }
        var scanner = KeyScanner(rest: script[start...])
        scanner.object("")
        return scanner.found
    }

    private init(rest: Substring) {
        self.rest = rest
    }

    /// From `{` to its `}`; its keys begin with `path`.
    private mutating func object(_ path: String) {
        rest = rest.dropFirst()
        while !rest.isEmpty {
            blank()
            if rest.first == "}" {
                rest = rest.dropFirst()
                return
            }
            if rest.first == "," {
                rest = rest.dropFirst()
                continue
            }
            guard let match = rest.prefixMatch(of: /(?:"([^"]+)"|(\w+)):\s*/) else { return }
            let key = path + String(match.output.1 ?? match.output.2 ?? "")
            rest.removeFirst(match.output.0.count)
            if rest.first == "{" {
                object(key + ".")
            } else if let facts = rest.prefixMatch(of: /\(([^()]*)\) =>/) {
                found.insert("\(key)/\(facts.output.1.split(separator: ",").count)")
                value()
            } else {
                found.insert(key)
                value()
            }
        }
    }

    /// Passes over a value up to the comma behind it or the end of its object.
    private mutating func value() {
        var depth = 0
        while let next = rest.first {
            switch next {
            case "\"", "`": text(next)
            case "(", "[", "{":
                depth += 1
                rest = rest.dropFirst()
            case ")", "]", "}":
                if depth == 0 { return }
                depth -= 1
                rest = rest.dropFirst()
            case "," where depth == 0: return
            default: rest = rest.dropFirst()
            }
        }
    }

    private mutating func text(_ quote: Character) {
        rest = rest.dropFirst()
        while let next = rest.first, next != quote {
            rest = rest.dropFirst()
            if next == "\\" {
                rest = rest.dropFirst()
            } else if next == "$", quote == "`", rest.first == "{" {
                rest = rest.dropFirst()
                value()
                // The brace that ends what was put in.
                rest = rest.dropFirst()
            }
        }
        rest = rest.dropFirst()
    }

    private mutating func blank() {
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.hasPrefix("//") else { return }
            rest = rest.drop { !$0.isNewline }
        }
    }
}

@Suite struct KeyScannerTests {
    @Test func `keys are found at every depth, and nothing of what is said is taken for one`() {
        let script = """
            import x from "y";
            export const say = {
              // a: remark
              plain: "a: {b}, c",
              nest: { in: "x", "other value": "y", deep: { x: "1" } },
              made: (a, b) => `${a ? { k: 1 }[b] : "q: r"}, s: ${`t: ${b}`}`,
              list: (it) => [it.a ? "b" : null, it.b].filter((c) => c).join(": "),
              body: (it) => { const d = { e: 1 }; return d; },
            };
            """
        #expect(
            KeyScanner.keys(of: script)
                == ["plain", "nest.in", "nest.other value", "nest.deep.x", "made/2", "list/1", "body/1"]
        )
    }
}
