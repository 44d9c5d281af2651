import API
import Library

extension PlaceSummary {
    init(_ place: HoldingsPlace) {
        self.init(
            branch: place.branch,
            location: place.location,
            collection: place.collection,
            items: place.items
        )
    }
}
