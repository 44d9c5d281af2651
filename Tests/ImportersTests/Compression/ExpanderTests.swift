import Foundation
import Importers
import Testing

/// What the programs that people compress with write, made when the tests run.
@Suite(.enabled(if: PythonOracle.isThere, "python3 is not installed"))
struct ExpanderTests {
    private static let text = (0..<20_000).map { "3010\($0),QA 76 .A\($0),Title of number \($0)\n" }.joined()

    private func gzip(_ text: String) throws -> [UInt8] {
        let program = "import sys,gzip; sys.stdout.buffer.write(gzip.compress(sys.argv[1].encode() * int(sys.argv[2])))"
        return Array(try #require(PythonOracle.output(program, [text, "1"])))
    }

    private func expand(_ bytes: [UInt8], portion: Int = 1000) throws -> [UInt8] {
        let expander = try Expander(try #require(Compression(bytes)))
        var plain: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: portion) {
            try expander.expand(bytes[start..<min(start + portion, bytes.count)]) { plain += $0 }
        }
        try expander.finish()
        return plain
    }

    @Test(arguments: [1, 7, 4096, 1 << 20]) func `gzip expands in any portions`(_ portion: Int) throws {
        let text = String(Self.text.prefix(90_000))
        #expect(try expand(gzip(text), portion: portion) == Array(text.utf8))
    }

    @Test(arguments: [1, 3, 1000], [0, 1, 2, 600])
    func `several gzip streams one after another are one file, with padding behind`(
        _ portion: Int,
        _ zeros: Int
    ) throws {
        let bytes = try gzip("one\n") + gzip("two\n") + [UInt8](repeating: 0, count: zeros)
        #expect(try expand(bytes, portion: portion) == Array("one\ntwo\n".utf8))
    }

    @Test(arguments: [1, 3, 1000]) func `what stands behind padding is told with its place`(_ portion: Int) throws {
        let bytes = try gzip("one\n")
        let detail = "found byte 65 behind zeros, wanted the end"
        #expect(throws: ExpandError.damaged(.gzip, at: bytes.count + 5, detail: detail)) {
            try expand(bytes + [0, 0, 0, 0, 0, 0x41], portion: portion)
        }
    }

    @Test func `a gzip file that is cut off says where it ends`() throws {
        let bytes = try gzip(String(Self.text.prefix(50_000)))
        for length in [20, bytes.count / 2, bytes.count - 1] {
            #expect(throws: ExpandError.truncated(.gzip, at: length)) { try expand(Array(bytes[..<length])) }
        }
    }

    @Test func `a byte that was changed on the way is noticed`() throws {
        var bytes = try gzip(String(Self.text.prefix(50_000)))
        bytes[bytes.count - 6] ^= 1
        #expect(throws: ExpandError.self) { try expand(bytes) }
        #expect(throws: ExpandError.self) { try expand([0x1F, 0x8B, 0xFF] + [UInt8](repeating: 7, count: 90)) }
    }

    @Test func `a file made to fill a disk is refused`() throws {
        let program = """
            import sys,zlib
            c=zlib.compressobj(9,zlib.DEFLATED,31)
            b=bytes(1<<20)
            for _ in range(200): sys.stdout.buffer.write(c.compress(b))
            sys.stdout.buffer.write(c.flush())
            """
        let bomb = Array(try #require(PythonOracle.output(program, [])))
        var given = 0
        let expander = try Expander(.gzip)
        let error = #expect(throws: ExpandError.self) { try expander.expand(bomb[...]) { given += $0.count } }
        guard case .tooDense = error else {
            Issue.record("found \(String(describing: error)), wanted too dense")
            return
        }
        #expect(given <= 65 << 20)
    }

    @Test func `zstd expands, and one that is cut off says where`() throws {
        // `printf 'barcode\n1001\n' | zstd`: a frame of one raw block with a checksum (RFC 8878, 3.1.1).
        let program = """
            import subprocess,sys
            sys.stdout.buffer.write(subprocess.run(['zstd','-q','-c'],input=sys.argv[1].encode(),stdout=-1).stdout)
            """
        guard let output = PythonOracle.output(program, ["barcode\n1001\n"]), !output.isEmpty else { return }
        let bytes = Array(output)
        #expect(Compression(bytes) == .zstd)
        for portion in [1, 3, 100] { #expect(try expand(bytes, portion: portion) == Array("barcode\n1001\n".utf8)) }
        #expect(throws: ExpandError.truncated(.zstd, at: bytes.count - 2)) { try expand(Array(bytes.dropLast(2))) }
        var broken = bytes
        broken[5] ^= 0xFF
        #expect(throws: ExpandError.self) { try expand(broken) }
    }

    @Test func `the beginning is shown for guessing, and what is not compressed is its own beginning`() throws {
        let bytes = try gzip(String(Self.text.prefix(100_000)))
        let beginning = try Expander.beginning(of: bytes)
        #expect(beginning.count >= 1 << 16 && beginning.starts(with: Array("30100,QA".utf8)))
        #expect(try Expander.beginning(of: [1, 2]) == [1, 2])
        #expect(Compression([0x42, 0x5A]) == nil)
    }
}
