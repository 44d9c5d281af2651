package import Library

/// Asks the library system for the loan or return of an item whose parts were read and found whole.
///
/// Called with the intent on the disk and nothing written to a tag; the reader goes on working meanwhile. May take
/// seconds.
package typealias LoanQuestion = @Sendable (SecurityIntent) async -> LoanAnswer

/// What the library system says of an item at this moment, by its barcode; `nil` when it cannot be asked or does not
/// know.
package typealias StatusQuestion = @Sendable (_ barcode: String) async -> ItemStatus?
