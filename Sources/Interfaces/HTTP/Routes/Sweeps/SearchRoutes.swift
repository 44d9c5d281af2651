import API
import Foundation
import Hummingbird
import Library
import Operations

/// Lists that ring, finding one item, and where an item was seen.
struct SearchRoutes {
    let desk: ServiceDesk

    /// Items a list may have.
    private static let longestList = 100_000

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/lists") { request, _ in try request.page(try desk.lists()) { $0.name } }
        router.post("/v1/lists") { request, _ in
            let asked: ItemListRequest = try await request.json(upTo: RequestLimits.list)
            guard let purpose = SoughtList.Purpose(rawValue: asked.purpose) else {
                let known = SoughtList.Purpose.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("purpose", found: "'\(asked.purpose)'", wanted: "one of \(known)")
            }
            let barcodes = asked.barcodes.filter { !$0.isEmpty }
            // One letter may have any number of accents.
            guard !asked.name.isEmpty, asked.name.count <= 100, asked.name.utf8.count <= 400 else {
                throw Problem.invalid("name", found: "'\(asked.name.prefix(20))'", wanted: "1 to 100 letters")
            }
            guard !barcodes.isEmpty, barcodes.count <= Self.longestList else {
                throw Problem.invalid("barcodes", found: "\(barcodes.count)", wanted: "1 to \(Self.longestList)")
            }
            if let long = barcodes.first(where: { $0.utf8.count > 200 }) {
                throw Problem.invalid("barcodes", found: "one of \(long.utf8.count) bytes", wanted: "1 to 200 each")
            }
            try desk.saveList(asked.name, purpose: purpose, barcodes: barcodes)
            return try Response.json(try list(asked.name), status: .created)
        }
        router.get("/v1/lists/:name") { request, context in
            guard let entries = try desk.entries(ofList: try context.word("name")) else {
                throw Problem.noList(try context.word("name"))
            }
            return try request.page(entries) { $0.barcode }
        }
        router.delete("/v1/lists/:name") { _, context in
            let list = try list(try context.word("name"))
            try desk.removeList(list.name)
            return try Response.json(list)
        }
        router.post("/v1/find/:barcode") { _, context in
            try Response.json(FindPlace(try await desk.search.find(try context.word("barcode"))))
        }
        router.delete("/v1/find") { _, _ in
            await desk.search.stopFinding()
            return Response(status: .noContent)
        }
        router.get("/v1/items/:barcode/history") { _, context in
            try Response.json(try desk.history(of: try context.word("barcode")).map { ItemSeen($0) })
        }
    }

    private func list(_ name: String) throws -> ItemList {
        guard let list = try desk.lists().first(where: { $0.name == name }) else {
            throw Problem.noList(name)
        }
        return list
    }
}

extension ServiceDesk {
    fileprivate func lists() throws -> [ItemList] {
        try soughtLists().map { list, items in
            ItemList(
                name: list.name,
                purpose: list.purpose.rawValue,
                items: items.count,
                found: items.count { $0.foundAt != nil },
                createdAt: Date(list.createdAt)
            )
        }
    }

    /// `nil` when there is no such list.
    fileprivate func entries(ofList name: String) throws -> [ItemListEntry]? {
        guard let (_, items) = try soughtLists().first(where: { $0.list.name == name }) else { return nil }
        let known = try self.items(items.map(\.barcode))
        return items.map { entry in
            let item = known[entry.barcode]
            return ItemListEntry(
                barcode: entry.barcode,
                callNumber: item?.callNumber,
                title: item?.title,
                foundAt: entry.foundAt.map { Date($0) },
                reader: entry.reader
            )
        }
    }
}
