import Library
import Tags

extension SiteProfile {
    /// This profile at a site that secures its items by `policy`: its ISILs are the owners it takes for its own, and
    /// with a single one it is written on tags that carry none.
    func under(_ policy: SecurityPolicy, target: Target) -> SiteProfile {
        var profile = self
        profile.target = target
        profile.security = AFISecurity(armed: policy.armedValue, disarmed: policy.disarmedValue)
        profile.furtherOwners = policy.ownInstitutions
        if policy.ownInstitutions.count == 1 { profile.ownerInstitution = policy.ownInstitutions.first }
        return profile
    }
}
