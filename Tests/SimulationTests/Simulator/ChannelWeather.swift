/// What may happen to bytes on their way over one channel: a serial line, a USB cable, a network.
struct ChannelWeather: Hashable, Sendable {
    /// Chances for each portion that is sent.
    var drop = 0.0
    var duplicate = 0.0
    var reorder = 0.0
    var tear = 0.0
    var flip = 0.0
    var delay = 0.0
    /// How late a delayed portion comes, in seconds.
    var lateness = 0.05...1.5
    /// The channel breaks: whoever uses it finds it closed.
    var breaks = 0.0

    static let calm = ChannelWeather()

    /// A serial line keeps the order of its bytes; everything else can happen to them, and the device's checksums have
    /// to tell.
    static let serial = ChannelWeather(
        drop: 0.02,
        duplicate: 0.01,
        tear: 0.1,
        flip: 0.02,
        delay: 0.03,
        lateness: 0.02...0.6,
        breaks: 0.002
    )
    /// A channel that keeps bytes whole or loses itself: USB, which has checksums of its own, and what has none at all.
    static let cable = ChannelWeather(tear: 0.1, delay: 0.03, lateness: 0.02...0.6, breaks: 0.003)
    /// A network under a message protocol with checksums and numbers.
    static let network = ChannelWeather(
        drop: 0.03,
        duplicate: 0.02,
        reorder: 0.02,
        tear: 0.15,
        flip: 0.02,
        delay: 0.1,
        lateness: 0.05...15,
        breaks: 0.02
    )

    /// What comes of a portion, with how long each part is under way; empty when it is lost.
    func carry(_ bytes: [UInt8], _ chance: Chance) -> [(bytes: [UInt8], delay: Duration)] {
        guard self != .calm, !bytes.isEmpty else { return [(bytes, .zero)] }
        if chance.happens(drop) { return [] }
        var bytes = bytes
        if chance.happens(flip) {
            bytes[chance.number(0...bytes.count - 1)] ^= 1 << UInt8(chance.number(0...7))
        }
        let late = chance.happens(delay) ? chance.seconds(lateness) : .zero
        var portions = [(bytes, late)]
        if bytes.count > 1, chance.happens(tear) {
            let place = chance.number(1...bytes.count - 1)
            portions = [(Array(bytes[..<place]), late), (Array(bytes[place...]), late + chance.seconds(0...0.2))]
        }
        if portions.count > 1, chance.happens(reorder * 5) { portions.reverse() }
        if chance.happens(duplicate) { portions += portions }
        return portions
    }
}
