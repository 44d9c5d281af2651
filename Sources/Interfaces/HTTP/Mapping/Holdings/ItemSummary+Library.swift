import API
import Foundation
import Library
import Operations
import Tags

extension ItemSummary {
    init(_ item: Item) {
        self.init(
            barcode: item.barcode,
            otherBarcodes: item.otherBarcodes,
            title: item.title,
            callNumber: item.callNumber,
            scheme: item.scheme.rawValue,
            enumeration: item.enumeration,
            copyNumber: item.copyNumber,
            homeBranch: item.homeBranch,
            holdingBranch: item.holdingBranch,
            location: item.location,
            permanentLocation: item.permanentLocation,
            collection: item.collection,
            itemType: item.itemType,
            status: item.status.rawValue,
            statusText: item.statusText,
            parts: item.parts,
            owner: item.owner,
            lastSeen: item.lastSeen
        )
    }
}

extension ItemKnowledge {
    init(_ known: KnownItem) {
        self.init(
            barcode: known.barcode,
            item: known.item.map { ItemSummary($0) },
            filed: known.key != nil,
            tags: known.tags.map { tag in
                KnownTag(
                    uid: tag.uid.description,
                    model: tag.model,
                    part: tag.setInformation?.ordinal,
                    parts: tag.setInformation?.total,
                    readAt: Date(tag.readAt)
                )
            }
        )
    }
}

extension HoldingsComparison {
    init(_ comparison: SnapshotComparison) {
        let difference = comparison.difference
        self.init(
            from: Int(comparison.from),
            to: Int(comparison.to),
            counts: Dictionary(uniqueKeysWithValues: difference.counts.map { ($0.key.rawValue, $0.value) }),
            unchanged: difference.unchanged,
            changes: difference.changes.map { change in
                Change(
                    kind: change.kind.rawValue,
                    before: change.before.map { ItemSummary($0) },
                    after: change.after.map { ItemSummary($0) }
                )
            }
        )
    }
}
