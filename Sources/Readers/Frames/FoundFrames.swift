import Wire

/// What a decoder of text has found and nobody has taken yet.
///
/// Text has no length that tells how much may come at once, so frames are kept up to a number, and those after it are
/// lost. Garbage takes up no frame's place: noise on the line is no reason to miss an answer.
struct FoundFrames<Frame: Hashable & Sendable>: Sendable {
    /// Frames, each with the garbage in front of it.
    private var frames: [(garbage: [UInt8], frame: Frame)] = []
    /// What came behind the last frame.
    private var garbage: [UInt8] = []

    /// More than any reader's answer has.
    private static var mostFrames: Int { 64 }
    /// Bytes of garbage that are kept between two frames.
    private static var mostGarbage: Int { 1024 }

    mutating func keep(_ frame: Frame) {
        guard frames.count < Self.mostFrames else { return }
        frames.append((garbage, frame))
        garbage = []
    }

    mutating func keep(garbage bytes: [UInt8]) {
        garbage += bytes.prefix(max(0, Self.mostGarbage - garbage.count))
    }

    mutating func next() -> DecodedFrame<Frame>? {
        if frames.isEmpty {
            guard !garbage.isEmpty else { return nil }
            defer { garbage = [] }
            return .garbage(garbage)
        }
        guard frames[0].garbage.isEmpty else {
            defer { frames[0].garbage = [] }
            return .garbage(frames[0].garbage)
        }
        return .frame(frames.removeFirst().frame)
    }
}
