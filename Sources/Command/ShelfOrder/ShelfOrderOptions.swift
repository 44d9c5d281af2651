import ArgumentParser
import Library

/// By which scheme, and by which of the switches where libraries differ; the same ones stand under [shelf-order] in the
/// daemon's configuration.
struct ShelfOrderOptions: ParsableArguments {
    @Option(help: "The scheme: lcc, ddc, nlm, sudoc, udc, local.")
    var scheme = CallNumberScheme.lcc

    @Option(
        help: ArgumentHelp("How letters beyond A to Z are filed: 'accents ignored', 'german umlauts', swedish, danish.")
    )
    var alphabet = FilingAlphabet.accentsIgnored

    @Option(
        help: ArgumentHelp("Where .A101m stands against .A101 A101: 'after second cutter', 'before second cutter'.")
    )
    var workMark = ShelfOrderRules.WorkMarkPlace.afterSecondCutter

    @Option(help: ArgumentHelp("The order of dates, volumes and copies, such as volume,date,copy.", valueName: "list"))
    var parts: String?

    @Flag(help: "Leave a small x at the end of a cutter out of the order.")
    var ignoreCutterX = false

    @Flag(help: "File v.IV by its letters instead of as volume 4.")
    var noRomanVolumes = false

    @Flag(help: "File numbers of thematic indexes (K.240) as decimals.")
    var thematicNumbersAsDecimals = false

    @Flag(help: "File letters behind numbers in SuDoc numbers.")
    var sudocNumbersFirst = false

    @Flag(help: "File words before numbers in local numbers.")
    var localLettersFirst = false

    func validate() throws {
        guard let parts, order == nil || Set(order ?? []).count != parts.split(separator: ",").count else { return }
        throw ValidationError("--parts: found '\(parts)', wanted date, volume and copy in their order, commas between")
    }

    private var order: [CallNumberPart]? {
        guard let words = parts?.split(separator: ",") else { return nil }
        let order = words.compactMap { CallNumberPart(rawValue: $0.trimmingPrefix(" ").lowercased()) }
        return order.count == words.count ? order : nil
    }

    var rules: ShelfOrderRules {
        var rules = ShelfOrderRules.standard
        rules.alphabet = alphabet
        rules.workMark = workMark
        rules.partOrder = order
        rules.ignoresCutterX = ignoreCutterX
        rules.readsRomanVolumes = !noRomanVolumes
        rules.thematicNumbersAreWhole = !thematicNumbersAsDecimals
        rules.sudocLettersFirst = !sudocNumbersFirst
        rules.localLettersFirst = localLettersFirst
        return rules
    }
}

extension CallNumberScheme: ExpressibleByArgument {}
extension FilingAlphabet: ExpressibleByArgument {}
extension ShelfOrderRules.WorkMarkPlace: ExpressibleByArgument {}
