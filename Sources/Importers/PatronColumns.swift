/// Columns that would tell who has an item. They are recognised by name and never read further.
package enum PatronColumns {
    /// Parts of names that mean a person in exports and APIs of the known library systems, and in tables whose columns
    /// a site has named in its own language.
    private static let telling: [[UInt8]] = [
        "borrower", "patron", "cardnumber", "card_number", "surname", "firstname", "first_name", "last_name",
        "lastname", "userid", "user_id", "username", "user_name", "user_barcode", "userbarcode", "member_id",
        "membernumber", "phone", "email", "address", "dateofbirth", "date_of_birth", "birthdate", "reader_id",
        "customer", "usr_", "proxyuser", "staffmemberid", "issued_to", "checked_out_to", "charged_to", "requester",
        "loaned_to", "library_card", "family_name", "given_name", "lent_to", "loan_to", "borrowed_by", "checked_out_by",
        "checkedoutby", "checkedoutto", "requested_by", "requestedby", "reserved_for", "reserved_by", "held_for",
        "held_by", "hold_for", "student", "pupil",
        "entleiher", "ausleiher", "benutzer", "leser", "nachname", "vorname", "geburtsdatum", "ausgeliehen_an",
        "ausgeliehen_von", "entliehen_von", "kundennummer", "emprunteur", "lecteur", "usager", "prestatario", "usuari",
        "apellido", "leitor", "utente", "cognome", "lettore", "gebruiker", "achternaam", "voornaam", "låner", "laaner",
        "låntagare", "låntaker", "efternavn", "fornavn", "lainaaja", "asiakas", "čtenář", "ctenar", "czytelnik",
    ].map { Array($0.utf8) }

    /// Whether a column of this name is dropped. Case, spaces and hyphens make no difference, and what stands before a
    /// point tells as much as what stands behind it: `patron.barcode`.
    package static func include(_ name: String) -> Bool {
        name.split(separator: ".").contains { part in
            let plain = ColumnName.plain(String(part))
            let bytes = Array(plain.utf8)
            // As a word of its own: `Current User`, but no `reusable`.
            let isUser = plain.split(separator: "_").contains { ["usr", "user", "users"].contains($0) }
            return isUser || telling.contains { PlainText.contains(bytes, $0) }
        }
    }
}
