/// Which lines of which GPIO chips a site uses, and by what names the program calls them.
package struct GPIOLayout: Hashable, Sendable {
    /// Lines that are switched. No two lines of a layout have the same name, inputs included.
    package var outputs: [GPIOOutput]
    /// Lines that are listened to.
    package var inputs: [GPIOInput]

    package init(outputs: [GPIOOutput] = [], inputs: [GPIOInput] = []) {
        self.outputs = outputs
        self.inputs = inputs
    }
}

/// Where a wire ends: chips are numbered as they are found, so a place never names a number of a chip.
package struct GPIOPlace: Hashable, Sendable {
    /// Which of a chip's lines is meant.
    package enum Line: Hashable, Sendable {
        /// As `gpioinfo` shows it: `GPIO17`.
        case named(String)
        /// For chips that give their lines no names, as USB adapters do; counted from 0.
        case offset(Int)
    }

    /// The chip's label as `gpiodetect` shows it in brackets: `pinctrl-bcm2711`, `cp210x`.
    package var chip: String
    /// The line on that chip.
    package var line: Line

    package init(chip: String, line: Line) {
        self.chip = chip
        self.line = line
    }
}

/// A siren, a lamp, a barrier. It is off until it is switched on, and off again when the program ends.
package struct GPIOOutput: Hashable, Sendable {
    /// How the chip drives the wire.
    package enum Drive: String, Hashable, Sendable, CaseIterable {
        /// High and low, as a relay board or a transistor wants it.
        case pushPull = "push-pull"
        /// Low, or let go: for a wire that something else pulls up.
        case openDrain = "open-drain"
        /// High, or let go: for a wire that something else pulls down.
        case openSource = "open-source"
    }

    /// By which the program calls it: `siren`.
    package var name: String
    /// Where its wire ends.
    package var place: GPIOPlace
    /// On means the low level, as most relay boards want it.
    package var activeLow: Bool
    /// How the chip drives it.
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
    /// What the chip pulls the wire to while nothing else drives it.
    package enum Bias: String, Hashable, Sendable, CaseIterable {
        /// As the chip is set already.
        case asIs = "as-is"
        /// No resistor pulls at the wire.
        case disabled
        /// A resistor to the supply: open means high.
        case pullUp = "pull-up"
        /// A resistor to ground: open means low.
        case pullDown = "pull-down"
    }

    /// By which the program calls it: `fire`.
    package var name: String
    /// Where its wire ends.
    package var place: GPIOPlace
    /// Active means the low level, as a contact to ground makes it on a wire that is pulled up.
    package var activeLow: Bool
    /// What pulls at the wire while its contact is open.
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
