/// Every target of this program.
enum AllTargets {
    static let list: [FuzzTarget] = ProxyTargets.list
}
