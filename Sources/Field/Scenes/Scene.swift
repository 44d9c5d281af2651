package import Readers

/// What stands in a branch and what happens there, written as a small text.
///
/// ```text
/// // The evening sweep: one book stands on the wrong shelf, one leaves unlent.
/// seed 42
/// reader pad-1 pad
/// reader wand-1 wand reach 120mm
/// reader gate-1 gate
/// book E004015012345678 chip "ICODE SLIX" afi 07 thickness 25mm depth 10mm content 11010131323334
/// books 200 chip "ICODE SLIX" afi 07 thickness 10..40mm
/// at 1s  wand-1 walks 0m to 5m at 300mm/s passes 2
/// at 40s pad-1 gets @3 @4
/// at 45s pad-1 gets 10 books every 2s
/// at 70s pad-1 is cleared
/// at 80s gate-1 passes @7 at 1.4m/s bag 0.7
/// at 90s pull @9
/// ```
///
/// `@3` is the third book on the shelf. Times count from the start of the scene.
package struct Scene: Hashable, Sendable {
    /// Where all chance of the branch comes from; the same seed plays the same scene.
    package var seed: UInt64 = 1
    /// How good the air is, the same before every reader.
    package var conditions = RadioConditions()
    /// By name, in the order of the text.
    package var readers: [SceneReader] = []
    /// Books from left to right.
    package var shelf: [ShelvedTag] = []
    /// In the order of time; actions of the same moment in the order of the text.
    package var events: [SceneEvent] = []

    package init() {}

    /// How long the scene lasts: the moment of its last event.
    package var length: Duration { events.last?.time ?? .zero }
}

/// A reader a scene wants.
package struct SceneReader: Hashable, Sendable {
    /// By which events call it: `pad-1`.
    package var name: String
    /// Pad, gate or wand; decides what may happen there.
    package var kind: ReaderKind

    package init(name: String, kind: ReaderKind) {
        self.name = name
        self.kind = kind
    }
}

/// Something that happens at a moment of the scene.
package struct SceneEvent: Hashable, Sendable {
    /// Counted from the beginning of the scene.
    package var time: Duration
    /// What happens then.
    package var action: BranchAction

    package init(time: Duration, action: BranchAction) {
        self.time = time
        self.action = action
    }
}

extension Scene {
    /// A branch as the scene begins; `twin` makes the device behind each reader.
    package func makeBranch(twin: (SceneReader) -> any ReaderTwin) async -> Branch {
        let branch = Branch(seed: seed)
        for reader in readers {
            await branch.addReader(name: reader.name, kind: reader.kind, twin: twin(reader), conditions: conditions)
        }
        await branch.setShelf(shelf)
        return branch
    }
}

/// Plays a scene's events as time goes on: a pure value, told how late it is.
package struct ScenePlayer: Sendable {
    private let events: [SceneEvent]
    private var position = 0

    /// At the beginning: nothing has become due yet.
    package init(_ scene: Scene) {
        events = scene.events
    }

    /// What has become due since the last call.
    package mutating func due(at time: Duration) -> [BranchAction] {
        let start = position
        while position < events.count, events[position].time <= time { position += 1 }
        return events[start..<position].map(\.action)
    }

    /// When the next event comes; `nil` when the scene is over.
    package var nextTime: Duration? { position < events.count ? events[position].time : nil }
}
