package import Library

extension CallNumberScheme {
    /// The scheme a library system means by a word or code; `nil` for none and for words that name no order.
    ///
    /// Known are Koha's `cn_source`, Evergreen's label classes, Symphony's class schemes, the names of FOLIO's call
    /// number types with the identifiers of its reference data, and the indicators of MARC 852 as `852-0` to `852-8`.
    package init?(sourceWord: String?) {
        guard let sourceWord else { return nil }
        // Each row asks; these are what most of them say.
        switch sourceWord {
        case "ddc": self = .ddc
        case "lcc": self = .lcc
        default: self.init(spelling: sourceWord.lowercased())
        }
    }

    private init?(spelling: String) {
        switch spelling {
        case "lcc", "lc", "3", "lcper", "library of congress classification", "library of congress", "852-0",
            "95467209-6d7b-468b-94df-0f5d7ad2747d":
            self = .lcc
        case "ddc", "dewey", "2", "atdewey", "dewey decimal classification", "852-1",
            "03dd64d0-5626-4ecd-8ece-4531e0069f35":
            self = .ddc
        case "nlm", "national library of medicine classification", "852-2", "054d460d-d6b9-4469-9e37-7a78a2266655":
            self = .nlm
        case "sudoc", "sudocs", "superintendent of documents classification", "852-3",
            "fc388041-6cd0-4806-8a74-ebe3b9ab4c6e":
            self = .sudoc
        case "udc", "universal decimal classification", "d644be8f-deb5-4c4d-8c9e-2291b7c0f46f": self = .udc
        case "local", "generic", "1", "z", "other", "alphanum", "other scheme", "shelving control number",
            "title", "852-4", "852-5", "852-8":
            self = .local
        default: return nil
        }
    }
}
