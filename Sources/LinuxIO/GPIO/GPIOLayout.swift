/// Which lines of which GPIO chips a site uses, and by what names the program calls them.
package struct GPIOLayout: Hashable, Sendable {
    package var outputs: [GPIOOutput]
    package var inputs: [GPIOInput]

    package init(outputs: [GPIOOutput] = [], inputs: [GPIOInput] = []) {
        self.outputs = outputs
        self.inputs = inputs
    }
}

/// Where a wire ends: chips are numbered as they are found, so a place never names a number of a chip.
package struct GPIOPlace: Hashable, Sendable {
    package enum Line: Hashable, Sendable {
        case named(String)
        /// For chips that give their lines no names, as USB adapters do; counted from 0.
        case offset(Int)
    }

    /// The chip's label as `gpiodetect` shows it in brackets: `pinctrl-bcm2711`, `cp210x`.
    package var chip: String
    package var line: Line

    package init(chip: String, line: Line) {
        self.chip = chip
        self.line = line
    }
}

/// A siren, a lamp, a barrier. It is off until it is switched on, and off again when the program ends.
package struct GPIOOutput: Hashable, Sendable {
    package enum Drive: String, Hashable, Sendable, CaseIterable {
        case pushPull = "push-pull"
        case openDrain = "open-drain"
        case openSource = "open-source"
    }

    package var name: String
    package var place: GPIOPlace
    /// On means the low level, as most relay boards want it.
    package var activeLow: Bool
    package var drive: Drive

    package init(name: String, place: GPIOPlace, activeLow: Bool = false, drive: Drive = .pushPull) {
        self.name = name
        self.place = place
        self.activeLow = activeLow
        self.drive = drive
    }
}

/// A fire contact, a mute button, a light beam.
package struct GPIOInput: Hashable, Sendable {
    package enum Bias: String, Hashable, Sendable, CaseIterable {
        case asIs = "as-is"
        case disabled
        case pullUp = "pull-up"
        case pullDown = "pull-down"
    }

    package var name: String
    package var place: GPIOPlace
    package var activeLow: Bool
    package var bias: Bias
    /// How long a level must last to count, whole microseconds; the kernel filters, zero does not.
    package var debounce: Duration

    package init(
        name: String,
        place: GPIOPlace,
        activeLow: Bool = false,
        bias: Bias = .asIs,
        debounce: Duration = .zero
    ) {
        self.name = name
        self.place = place
        self.activeLow = activeLow
        self.bias = bias
        self.debounce = debounce
    }
}
