/// A table from numbers to small values in two plain arrays, probed one place after the other; 0 is no number.
struct PackedTable<Value: Sendable>: Sendable {
    private var keys: [UInt64]
    private var values: [Value]
    private let empty: Value
    private(set) var count = 0

    /// Room for `capacity` entries before it grows.
    init(capacity: Int, empty: Value) {
        self.empty = empty
        let places = Self.places(for: capacity)
        keys = [UInt64](repeating: 0, count: places)
        values = [Value](repeating: empty, count: places)
    }

    var bytes: Int { keys.count * (MemoryLayout<UInt64>.stride + MemoryLayout<Value>.stride) }

    subscript(key: UInt64) -> Value? {
        get {
            guard key != 0 else { return nil }
            let place = place(of: key)
            return keys[place] == key ? values[place] : nil
        }
        set {
            guard key != 0, let newValue else { return }
            if (count + 1) * 5 > keys.count * 4 { grow() }
            let place = place(of: key)
            if keys[place] == 0 { count += 1 }
            keys[place] = key
            values[place] = newValue
        }
    }

    /// Where the key stands, or the free place where it would.
    private func place(of key: UInt64) -> Int {
        var place = Int(PackedMixing.mixed(key).multipliedFullWidth(by: UInt64(keys.count)).high)
        while keys[place] != 0, keys[place] != key {
            place += 1
            if place == keys.count { place = 0 }
        }
        return place
    }

    private mutating func grow() {
        var larger = PackedTable(capacity: keys.count * 8 / 5, empty: empty)
        for (place, key) in keys.enumerated() where key != 0 { larger[key] = values[place] }
        self = larger
    }

    /// Four entries in five places at most.
    private static func places(for capacity: Int) -> Int { max(16, capacity + capacity / 4 + 2) }
}

/// Spreads numbers that lie close together, as tag numbers of one delivery do.
enum PackedMixing {
    /// The finishing steps of SplitMix64.
    static func mixed(_ value: UInt64) -> UInt64 {
        var value = value ^ value >> 30
        value = value &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
