/// Every target: a decoder that is not here is not fuzzed.
enum AllTargets {
    static let list: [FuzzTarget] =
        TagTargets.list + UHFTargets.list + AirTargets.list + FEIGTargets.list + ReaderTargets.list + FieldTargets.list
        + SIP2Targets.list + ImporterTargets.list + ShelfTargets.list

    static func named(_ name: String) -> FuzzTarget? {
        list.first { $0.name == name }
    }
}
