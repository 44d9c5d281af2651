import API
import Hummingbird
import Operations
import Tags

/// Bringing the items on a pad into another data model.
struct ConversionRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.post("/v1/readers/:name/conversions") { request, context in
            try Response.json(await convert(try await request.json(), on: try context.word("name")))
        }
    }

    private func convert(_ wanted: ConversionRequest, on reader: String) async throws -> ConversionResult {
        let order = try order(wanted)
        let station = try desk.station(reader)
        guard station.setup.role == .pad else {
            throw Problem.invalid("reader", found: "a \(station.setup.role.rawValue)", wanted: "a pad")
        }
        return ConversionResult(try await desk.conversions.convert(order, on: station), of: order)
    }

    private func order(_ wanted: ConversionRequest) throws -> ConversionOrder {
        guard let target = SiteProfile.Target(rawValue: wanted.target) else {
            let known = SiteProfile.Target.allCases.map(\.rawValue).joined(separator: " or ")
            throw Problem.invalid("target", found: "'\(wanted.target)'", wanted: known)
        }
        guard wanted.barcodes.allSatisfy({ (1...200).contains($0.utf8.count) }) else {
            throw Problem.invalid("barcodes", found: "one that cannot be", wanted: "1 to 200 bytes each")
        }
        return ConversionOrder(
            barcodes: Set(wanted.barcodes),
            target: target,
            isDryRun: wanted.dryRun,
            acceptsWrongChecksums: wanted.acceptWrongChecksums == true,
            locking: wanted.reallyLock == true ? Consent(givenBy: "reallyLock in the request") : nil
        )
    }
}
