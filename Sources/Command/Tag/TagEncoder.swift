import Tags

/// Turns an item's data into what is to be written on one tag.
struct TagEncoder {
    var model: any TagDataModel.Type
    /// What the tag holds now; zeros for a new one.
    var memory: TagMemory
    var isNew: Bool
    /// `nil` for the model's own.
    var dsfid: UInt8?
    var afi = AFISecurity().armed
    /// Whether locking may be planned, which is for ever.
    var locks = false
    /// How the library writes its tags.
    var habits = SiteProfile()

    /// A tag whose DSFID was not told is taken to have that of the model found on it; the plan is safe with any.
    init(model: any TagDataModel.Type, memory: TagMemory, isNew: Bool) {
        self.model = model
        self.memory = memory
        self.isNew = isNew
        if !isNew, memory.dsfid == nil {
            let found = LibraryTag(reading: memory).model
            self.memory.dsfid = AllModels.inOrder.first { $0.name == found }?.dsfid
        }
    }

    func encode(_ content: TagContent) throws(Complaint) -> TagEncoding {
        if let oid = content.lockedElements.min(), !locks {
            throw Complaint(
                "lock: found \(DataElement.name(oid: oid)), wanted --really-lock beside it",
                hint: "locked blocks stay locked for ever; leave lock out of the JSON to write without locking",
                isUsage: true
            )
        }
        switch Conversion(to: content, in: model, over: memory, habits: habits) {
        case .refused(let refusal): throw Complaint(String(describing: refusal), hint: refusal.hint)
        case .plan(let plan):
            return TagEncoding(
                content: content,
                model: model.name,
                over: memory,
                before: isNew ? nil : LibraryTag(reading: memory),
                plan: plan,
                dsfid: dsfid ?? model.dsfid ?? 0,
                afi: afi
            )
        }
    }
}
