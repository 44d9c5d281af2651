/// What was forgotten at one time, so that forgetting can be proven.
package struct GateForgetting: Hashable, Sendable {
    package var at: Moment
    /// Everything older went.
    package var before: Moment
    package var alarms: Int
    package var passages: Int
    package var reads: Int

    package init(at: Moment, before: Moment, alarms: Int, passages: Int, reads: Int) {
        self.at = at
        self.before = before
        self.alarms = alarms
        self.passages = passages
        self.reads = reads
    }
}
