import Wire

/// The four checks, over a long run of bytes and over the length of a frame.
enum ChecksumBenchmarks {
    static let list = [
        benchmark("CRC of 64 KiB, FEIG", .feig, bytes: 65_536, goal: 500),
        benchmark("CRC of 64 KiB, air", .air, bytes: 65_536, goal: 500),
        benchmark("CRC of 64 KiB, basic block", .basicBlock, bytes: 65_536, goal: 500),
        benchmark("CRC of 32 bytes, basic block", .basicBlock, bytes: 32, goal: nil),
        benchmark("CRC of 255 bytes, FEIG", .feig, bytes: 255, goal: nil),
    ]

    private static func benchmark(_ name: String, _ crc: CRC16, bytes count: Int, goal: Double?) -> Benchmark {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167) }
        return Benchmark(name, "MB", goal: goal, size: Double(count) / 1e6) { Int(crc.value(bytes)) }
    }
}
