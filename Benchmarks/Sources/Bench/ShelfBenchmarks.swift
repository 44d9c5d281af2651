import Library

/// Shelf keys of ordinary call numbers.
enum ShelfBenchmarks {
    static let list = [
        benchmark(
            "shelf key, LCC",
            .lcc,
            ["QA76.73.S95 K45 2019", "PS3545.I5365 Z467 1996 v.2", "HF5415.13 .K64 2016"]
        ),
        benchmark("shelf key, Dewey", .ddc, ["823.912 TOL", "641.5945 ART 2004", "005.133 KER v.2"]),
        benchmark("shelf key, UDC", .udc, ["821.111-31", "94(485)\"1914/1918\"", "53:51"]),
        benchmark("shelf key, local", .local, ["Bio Curie", "K 12.3 b", "Hcf Lindgren 2"]),
    ]

    private static func benchmark(_ name: String, _ scheme: CallNumberScheme, _ numbers: [String]) -> Benchmark {
        Benchmark(name, "keys", goal: 1_000_000, size: Double(numbers.count)) {
            numbers.reduce(0) { $0 + (ShelfKey(callNumber: $1, scheme: scheme)?.bytes.count ?? 0) }
        }
    }
}
