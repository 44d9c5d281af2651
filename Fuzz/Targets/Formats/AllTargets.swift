/// Every target of this program.
enum AllTargets {
    static let list: [FuzzTarget] = TextTargets.list + RecordTargets.list + StreamTargets.list
}
