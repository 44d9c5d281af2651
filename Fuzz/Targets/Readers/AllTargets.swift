/// Every target of this program.
enum AllTargets {
    static let list: [FuzzTarget] = FEIGTargets.list + ReaderTargets.list + MessageTargets.list
}
