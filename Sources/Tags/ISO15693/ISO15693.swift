/// The air protocol of library tags (ISO/IEC 15693-3): what a reader may ask of a tag and what a tag may answer.
///
/// These values are the waist of Pressmark: drivers map them to their device, virtual tags answer them, and everything
/// about tags is written once above them.
package enum ISO15693 {}
