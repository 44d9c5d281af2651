import Field
import Foundation

/// A scene as a text file: what stands in the simulated branch, and what happens there from the start on.
enum SceneFile {
    private static let hint = "docs/scenes has scenes that play"

    /// Reads a scene with at least one reader; says the line of the first mistake.
    static func read(path: String) throws(StartFailure) -> Scene {
        let text: String
        do {
            text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw StartFailure(description: "\(path): cannot be read, wanted a scene as UTF-8 text", hint: hint)
        }
        let scene: Scene
        do throws(SceneError) {
            scene = try Scene(parsing: text)
        } catch {
            throw StartFailure(description: "\(path): \(error)", hint: hint)
        }
        guard !scene.readers.isEmpty else {
            throw StartFailure(
                description: "\(path): found no reader, wanted a line like: reader pad-1 pad",
                hint: hint
            )
        }
        return scene
    }
}
