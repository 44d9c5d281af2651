import Field
import Readers
import Tags
import Wire

/// The simulated field: what it is told by a reader, and scenes.
enum FieldTargets {
    static let list = [
        FuzzTarget("virtual-tag", .field, run: virtualTag),
        FuzzTarget("feig-twin", .field, run: twin),
        FuzzTarget("reader-twins", .field, longest: 128, run: twins),
        FuzzTarget("scene", .field, longest: 512, run: scene),
    ]

    /// Requests to a tag of any chip, FE between them: the tag keeps its shape whatever it is told.
    private static func virtualTag(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let chip = ChipTable.all[Int(choice) % ChipTable.all.count]
        let pattern = UInt64(chip.patterns.first?.value ?? 0) << 32
        let uid = TagUID(0xE0 << 56 | UInt64(chip.manufacturer.rawValue) << 48 | pattern | 9)
        var tag = VirtualTag(uid: uid, chip: chip)
        tag.powerOn()
        for part in input.dropFirst().split(separator: 0xFE) where part.count > 1 {
            let words = Array(part)
            let maker: [UInt8] = 0xA0...0xDF ~= words[1] ? [chip.manufacturer.rawValue] : []
            let content = [words[0] & 0xCB | 0x20, words[1]] + maker + uid.onAir + words.dropFirst(2)
            if let frame = try? ISO15693.RequestFrame(content) { _ = tag.receive(frame) }
        }
        promise(tag.memory.count == tag.geometry.byteCount, "\(tag.memory.count) bytes of memory")
        promise(tag.locked.count == tag.geometry.blockCount, "\(tag.locked.count) locks")
        promise(tag.uid == uid, "another tag")
    }

    /// Bytes on the line of a pad with a tag on it, as they are and in a frame whose checksum holds.
    private static func twin(_ input: [UInt8]) {
        guard let chip = ChipTable.named("ICODE SLIX") else { return }
        let tag = VirtualTag(uid: TagUID(0xE004_0150_0000_0001), chip: chip)
        var air: any Air = RadioField(tags: [.init(tag: tag)], seed: 1)
        var twin = FEIGDriver.twin()
        _ = twin.receive(input, air: &air)
        guard let command = input.first else { return }
        let payload = Array(input.dropFirst())
        let frame = FEIGFrame(style: .advanced, address: FEIGFrame.anyReader, command: command, payload: payload)
        _ = twin.receive(frame.bytes, air: &air)
    }

    /// Bytes on the line of any family's reader with a tag before it: the same answers whatever the portions.
    private static func twins(_ input: [UInt8]) {
        guard let choice = input.first, let chip = ChipTable.named("ICODE SLIX") else { return }
        let driver = AllDrivers.list[Int(choice) % AllDrivers.list.count]
        let tag = VirtualTag(uid: TagUID(0xE004_0150_0000_0001), chip: chip)
        let answers = sameInPortions(Array(input.dropFirst()), "answers of \(driver.identity.name)") { portions in
            var air: any Air = RadioField(tags: [.init(tag: tag)], seed: 1)
            var twin = driver.twin()
            var answers: [UInt8] = []
            for portion in portions { answers += twin.receive(Array(portion), air: &air) }
            twin.lineFellSilent()
            return answers
        }
        promise(answers.count <= 1 << 16, "\(answers.count) bytes of answers to \(input.count)")
    }

    /// Refused with a line that exists, or read. A hundred thousand books are allowed and only slow.
    private static func scene(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        guard !text.contains("books") else { return }
        let lines = text.utf8.count { $0 == 0x0A } + 1
        do {
            let scene = try Scene(parsing: text)
            promise(scene.events.allSatisfy { $0.time <= scene.length }, "an event after the end")
        } catch {
            promise(1...lines ~= error.line, "line \(error.line) of \(lines)")
        }
    }
}
