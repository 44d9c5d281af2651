/// Every target of this program.
enum AllTargets {
    static let list: [FuzzTarget] = ImporterTargets.list + PullTargets.list
}
