import Foundation
import Testing

private let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fuzz").standardized

/// Whoever reads what was fuzzed finds every target with its promise.
@Test func `every fuzz target is explained where its runs are noted`() throws {
    let page = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    var names: Set<String> = []
    let targets = folder.appending(path: "Targets")
    for file in try FileManager.default.subpathsOfDirectory(atPath: targets.path) where file.hasSuffix(".swift") {
        let code = try String(contentsOf: targets.appending(path: file), encoding: .utf8)
        names.formUnion(code.matches(of: /FuzzTarget\(\s*"([a-z0-9-]+)"/).map { String($0.output.1) })
    }
    #expect(names.count > 25)
    for name in names.sorted() { #expect(page.contains("`\(name)`"), "Fuzz/README.md does not name \(name)") }
}

/// A target that is in no program is not fuzzed.
@Test func `every list of fuzz targets is in its folder's program`() throws {
    let targets = folder.appending(path: "Targets")
    var count = 0
    for file in try FileManager.default.subpathsOfDirectory(atPath: targets.path)
    where file.contains("/") && file.hasSuffix("Targets.swift") && !file.hasSuffix("AllTargets.swift") {
        let path = targets.appending(path: file)
        let list = path.deletingPathExtension().lastPathComponent
        let beside = path.deletingLastPathComponent().appending(path: "AllTargets.swift")
        let all = try String(contentsOf: beside, encoding: .utf8)
        #expect(all.contains("\(list).list"), "\(file) is not in the AllTargets.swift beside it")
        count += 1
    }
    #expect(count >= 9)
}
