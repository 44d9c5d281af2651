import CFuzzer
import Foundation

/// Read before libFuzzer's loop begins; a C function cannot carry it.
private let chosen = CommandLine.arguments.dropFirst().first.flatMap(AllTargets.named)

/// `Fuzz TARGET [libFuzzer's options]`, and for Scripts/fuzz: `list`, `unpack FILE FOLDER`, `pack FOLDER FILE`.
@main
enum Fuzz {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("list", 1):
            for target in AllTargets.list { print(target.name, target.group.rawValue, target.longest) }
        case ("unpack", 3):
            try Corpus.unpack(URL(filePath: words[1]), into: URL(filePath: words[2]))
        case ("pack", 3):
            try Corpus.pack(URL(filePath: words[1]), into: URL(filePath: words[2]))
        default:
            guard chosen != nil else {
                print("target: found \(words.first ?? "none"); hint: one of", terminator: " ")
                print(AllTargets.list.map(\.name).joined(separator: " "))
                exit(2)
            }
            exit(loop())
        }
    }

    /// The target's name stands where libFuzzer looks for the program's.
    private static func loop() -> Int32 {
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        return LLVMFuzzerRunDriver(&count, &arguments) { data, count in
            chosen?.run(Array(UnsafeBufferPointer(start: data, count: count)))
            return 0
        }
    }
}

extension AllTargets {
    fileprivate static func named(_ name: String) -> FuzzTarget? {
        list.first { $0.name == name }
    }
}
