/// Every target of this program.
enum AllTargets {
    static let list: [FuzzTarget] = TagTargets.list + UHFTargets.list + AirTargets.list
}
