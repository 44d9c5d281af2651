import Library

extension BarcodeRules {
    /// `[barcodes]`: `prefixes = ["3"]`, `lengths = [14]`, `check-digit = "luhn"`.
    init(from table: inout ConfigurationTable) {
        self.init(
            prefixes: table.strings("prefixes") ?? [],
            lengths: table.integers("lengths", in: 1...64) ?? [],
            checkDigit: table.choice("check-digit", of: CheckDigit.self)
        )
    }
}
