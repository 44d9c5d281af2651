/// What was forgotten at one time, so that forgetting can be proven.
package struct GateForgetting: Hashable, Sendable {
    /// When the forgetting ran.
    package var at: Moment
    /// Everything older went.
    package var before: Moment
    /// How many alarms went.
    package var alarms: Int
    /// How many passages went.
    package var passages: Int
    /// How many reads went; their pseudonyms' key goes with the last of them.
    package var reads: Int

    package init(at: Moment, before: Moment, alarms: Int, passages: Int, reads: Int) {
        self.at = at
        self.before = before
        self.alarms = alarms
        self.passages = passages
        self.reads = reads
    }
}
