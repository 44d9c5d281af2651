import Tags

extension GatePolicy {
    /// The same rules for reads in which tags go by their pseudonyms: tags that the site named are known by theirs.
    package func under(_ pseudonym: TagPseudonym) -> GatePolicy {
        var policy = self
        policy.staffDevices = Set(staffDevices.map { pseudonym($0) })
        policy.sentinels = [:]
        for (uid, place) in sentinels { policy.sentinels[pseudonym(uid)] = place }
        return policy
    }
}
