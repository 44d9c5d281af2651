import Library
import Tags

extension SiteProfile {
    /// How a site that secures its items by `policy` has its tags written: its ISILs are the owners it takes for its own,
    /// and with a single one it is written on tags that carry none. Nothing is locked.
    init(_ policy: SecurityPolicy, target: Target) {
        self.init()
        self.target = target
        security = AFISecurity(armed: policy.armedValue, disarmed: policy.disarmedValue)
        furtherOwners = policy.ownInstitutions
        if policy.ownInstitutions.count == 1 { ownerInstitution = policy.ownInstitutions.first }
    }
}
