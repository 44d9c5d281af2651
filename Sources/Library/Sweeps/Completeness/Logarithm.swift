/// Natural logarithm and its inverse, which the standard library leaves to the system's.
extension Double {
    private static let logarithmOfTwo = 0.693_147_180_559_945_3

    /// Natural logarithm, to some 15 digits; least finite value for 0 and below.
    var logarithm: Double {
        guard self > 0, isFinite else { return self > 0 ? self : -.greatestFiniteMagnitude }
        var exponent = Double(exponent)
        var fraction = significand
        if fraction > 1.414_213_562 {
            fraction /= 2
            exponent += 1
        }
        // 2 artanh z, with z at most 0.172.
        let z = (fraction - 1) / (fraction + 1)
        let square = z * z
        var sum = 0.0
        for term in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
        return exponent * Self.logarithmOfTwo + 2 * z * sum
    }

    /// e to this power, to some 15 digits.
    var exponential: Double {
        guard self > -700 else { return 0 }
        guard self < 700 else { return .greatestFiniteMagnitude }
        let whole = (self / Self.logarithmOfTwo).rounded()
        let rest = self - whole * Self.logarithmOfTwo
        var sum = 1.0
        for term in stride(from: 14, through: 1, by: -1) { sum = 1 + sum * rest / Double(term) }
        return Double(sign: .plus, exponent: Int(whole), significand: sum)
    }

    /// The share of a normal distribution below this many standard deviations, to seven digits (Abramowitz and
    /// Stegun 26.2.17).
    var normalShare: Double {
        let distance = magnitude
        let t = 1 / (1 + 0.231_641_9 * distance)
        let tail =
            t
            * (0.319_381_530 + t
                * (-0.356_563_782 + t
                    * (1.781_477_937
                        + t * (-1.821_255_978 + t * 1.330_274_429))))
        let share = (-distance * distance / 2).exponential * 0.398_942_280_4 * tail
        return self < 0 ? share : 1 - share
    }
}
