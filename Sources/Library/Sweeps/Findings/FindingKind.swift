/// The classes of what a sweep finds, in the order in which reports list them.
package enum FindingKind: String, Hashable, Sendable, CaseIterable {
    case missing
    case soughtAndFound = "sought and found"
    case wrongBranch = "wrong branch"
    case wrongLocation = "wrong location"
    case wrongShelf = "wrong shelf"
    case misplaced
    case onLoan = "on shelf but on loan"
    case inTransit = "in transit"
    case onHoldShelf = "on hold shelf list"
    case withdrawn
    case notReady = "not ready for the shelf"
    case disarmedOnShelf = "disarmed on the shelf"
    case armedOnLoan = "armed while on loan"
    case incompleteSet = "incomplete set"
    case twoTags = "two tags for one item"
    case oneTagTwoItems = "one tag, two items"
    case unknownItem = "unknown item"
    case otherLibrary = "other library's item"
    case unreadableTag = "blank or unreadable tag"
    case unsortable = "unsortable call number"
    case damaged
    case notForLoan = "not for loan"
    case temporaryPlace = "temporary place"
    case orderUncertain = "order uncertain"
    case outOfScope = "out of scope"
    case notSwept = "not swept"

    /// What staff should do about it; lower case, no period.
    package var remedy: String {
        switch self {
        case .missing: "look around its place and on the trolleys, then set it missing in the library system"
        case .soughtAndFound: "take it to the desk and check it in, so that nobody goes on looking for it"
        case .wrongBranch: "take it out and send it home"
        case .wrongLocation: "take it out and shelve it where it belongs"
        case .wrongShelf: "take it to its own shelf; the list of moves says where"
        case .misplaced: "take it out and put it in its place; the list of moves says where"
        case .orderUncertain: "look whether it stands right, when you pass by"
        case .onLoan: "take it to the desk and check it in: somebody is still held responsible for it"
        case .inTransit: "take it to the desk and check it in, so that the transit ends"
        case .onHoldShelf: "take it to the hold shelf: somebody waits for it"
        case .withdrawn: "take it out of the shelf, or take the withdrawal back"
        case .notReady: "take it to the desk: the library system does not say that it is ready"
        case .disarmedOnShelf: "secure it on a pad: the gate would not ring for it"
        case .armedOnLoan: "check it in, or release it on a pad: the gate will ring for it"
        case .incompleteSet: "look for the parts that were not heard"
        case .twoTags: "take the item out and remove the tag that is not needed"
        case .oneTagTwoItems: "read the tag on a pad and compare it with the barcode on the item"
        case .unknownItem: "take it to the desk: it is not in the holdings, or they are out of date"
        case .otherLibrary: "send it back to its library"
        case .unreadableTag:
            "walk by again more slowly until it is read; where that does not help, give the item a new tag"
        case .unsortable: "correct the call number in the library system"
        case .damaged: "see whether it should stand here in this state"
        case .notForLoan: "nothing, if it is a reference copy"
        case .temporaryPlace: "see whether its stay is over"
        case .outOfScope: "nothing, if the reader heard the neighbouring shelf"
        case .notSwept: "sweep this stretch again"
        }
    }

    /// How severe it is when the site says nothing else.
    package var defaultSeverity: Severity {
        switch self {
        case .missing, .soughtAndFound, .wrongBranch, .wrongLocation, .wrongShelf, .misplaced, .onLoan, .inTransit,
            .onHoldShelf, .withdrawn,
            .disarmedOnShelf, .armedOnLoan, .unknownItem, .otherLibrary:
            .act
        case .notReady, .incompleteSet, .twoTags, .oneTagTwoItems, .unreadableTag, .unsortable, .notSwept: .look
        case .damaged, .temporaryPlace, .orderUncertain, .outOfScope: .note
        case .notForLoan: .hidden
        }
    }
}

/// How much a finding presses.
package enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Left out of lists and counts.
    case hidden
    case note
    case look
    case act

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .hidden: 0
        case .note: 1
        case .look: 2
        case .act: 3
        }
    }
}
