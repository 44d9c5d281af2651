import Foundation
import Testing

/// A list that every folder beside it must stand in, and how the type of a folder is called.
private struct Registry: CustomTestStringConvertible {
    var folder: String
    var file: String
    var suffix: String

    var testDescription: String { file }
}

private let registries = [
    Registry(folder: "Readers", file: "AllDrivers.swift", suffix: "Driver"),
    Registry(folder: "Tags/Models", file: "AllModels.swift", suffix: "Model"),
    Registry(folder: "Importers", file: "AllImporters.swift", suffix: "Importer"),
    Registry(folder: "Interfaces/Dialects", file: "AllDialects.swift", suffix: "Dialect"),
]

@Test(arguments: registries)
private func `whatever has a folder stands in its registry`(_ registry: Registry) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/\(registry.folder)")
    let list = try String(contentsOf: root.appending(path: registry.file), encoding: .utf8)
    // A folder without such a file holds what several of them share.
    let found = try FileManager.default.subpathsOfDirectory(atPath: root.standardized.path).filter {
        $0.contains("/") && $0.hasSuffix("\(registry.suffix).swift")
    }
    #expect(!found.isEmpty)
    for path in found {
        let file = URL(filePath: path)
        let code = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        let name = file.deletingPathExtension().lastPathComponent
        // Only what conforms is registered: FEIGModel, say, is a reader's model and no data model.
        guard code.contains(try Regex("\(name): [^{]*(ReaderDriver|TagDataModel|HoldingsImporter|WorkstationDialect)"))
        else { continue }
        #expect(
            list.contains("\(name).self"),
            "\(registry.folder)/\(path): not registered; hint: add \(name).self to \(registry.folder)/\(registry.file)"
        )
    }
}
