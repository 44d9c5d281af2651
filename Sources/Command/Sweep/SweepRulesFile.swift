import API
import Foundation

/// Other rules for a sweep as `sweep replay --with` takes them: JSON, of which any member may be left out.
enum SweepRulesFile {
    private static let longest = 64 << 10
    private static let members = ["reach", "passes", "certainty", "visitGap", "checksOrder", "severities"]
    private static let hint = "see pressmark sweep replay --help for an example"

    static func request(path: String) async throws -> SweepReplayRequest {
        let pieces = try FilePieces(path: path)
        return try request(try await pieces.text(upTo: longest), name: pieces.name)
    }

    /// A member of another name is refused: rules that are left out without a word look like rules without effect.
    static func request(_ text: String, name: String) throws(Complaint) -> SweepReplayRequest {
        do {
            let found = try JSONDecoder().decode([String: Anything].self, from: Data(text.utf8))
            if let other = found.keys.filter({ !members.contains($0) }).min() {
                let wanted = members.joined(separator: ", ")
                throw Complaint("\(name): found '\(other)', wanted one of \(wanted)", hint: hint, isUsage: true)
            }
            return try JSONDecoder().decode(SweepReplayRequest.self, from: Data(text.utf8))
        } catch let error as DecodingError {
            var complaint = Complaint(error, in: name, hint: hint)
            complaint.isUsage = true
            throw complaint
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Complaint("\(name): found something else, wanted JSON", hint: hint, isUsage: true)
        }
    }

    /// A value of which only the name is looked at.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }
}
