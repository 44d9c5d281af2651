package import Library

extension CallNumberScheme {
    /// The scheme a library system means by a word or code; `nil` for none and for words that name no order.
    ///
    /// Known are Koha's `cn_source` and its names, Evergreen's label classes and their names, Symphony's class schemes,
    /// the names of FOLIO's call number types with the identifiers of its reference data, and the indicators of MARC
    /// 852 as `852-0` to `852-8`.
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
        case "lcc", "lc", "3", "lcper", "library of congress classification", "library of congress",
            "library of congress (lc)", "lc modified", "852-0", "95467209-6d7b-468b-94df-0f5d7ad2747d",
            "512173a7-bd09-490e-b773-17d83f2b63fe":
            self = .lcc
        case "ddc", "dewey", "2", "atdewey", "deweyper", "dewey decimal classification", "dewey decimal",
            "dewey (ddc)", "852-1", "03dd64d0-5626-4ecd-8ece-4531e0069f35":
            self = .ddc
        case "nlm", "national library of medicine classification", "852-2", "054d460d-d6b9-4469-9e37-7a78a2266655":
            self = .nlm
        case "sudoc", "sudocs", "superintendent of documents classification", "sudoc classification (u.s. gpo)",
            "852-3", "fc388041-6cd0-4806-8a74-ebe3b9ab4c6e":
            self = .sudoc
        case "udc", "universal decimal classification", "d644be8f-deb5-4c4d-8c9e-2291b7c0f46f": self = .udc
        case "local", "generic", "1", "z", "other", "alphanum", "asis", "other scheme", "shelving control number",
            "title", "other/generic classification scheme", "852-4", "852-5", "852-8",
            "28927d76-e097-4f63-8510-e56f2b7a3ad0", "5ba6b62e-6858-490a-8102-5b1369873835",
            "6caca63e-5651-4db6-9247-3205156e9699":
            self = .local
        default: return nil
        }
    }
}
