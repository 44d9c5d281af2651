/// How well a tag and an antenna hear each other, from 1 on the antenna to 0 far away.
///
/// A rule of thumb, not a field calculation: near field falls with the cube of the distance, and what is close to
/// another tag shares its field with it.
package enum Coupling {
    /// At `reach` a tag is just heard for certain (0.3); a third beyond it is silent.
    package static func at(distance: Double, reach: Double) -> Double {
        guard reach > 0, distance >= 0 else { return 0 }
        let ratio = distance / reach
        return 1 / (1 + 7.0 / 3.0 * ratio * ratio * ratio)
    }

    /// Beyond this many times its reach an antenna hears nothing.
    package static let farthest = 1.4

    /// What a neighbouring tag at `gap` millimetres leaves of the coupling: nothing is lost from 15 mm on, half when
    /// the two lie on each other (thin books side by side).
    package static func besideNeighbour(gap: Double) -> Double {
        0.5 + 0.5 * min(max(gap, 0) / 15, 1)
    }

    /// In a stack on a pad, `level` 0 lies on the antenna.
    package static func inStack(level: Int) -> Double {
        max(1 - 0.06 * Double(level), 0)
    }
}
