// Documents reads files that strangers send and writes files for them to take away.
//
// What it shows to others: `FileKind` says what a file is; `SheetReader` hands over the rows of XLSX and CSV,
// `SheetWriter` and `CSVWriter` write them; `Picture` makes a photograph anew; `ContentStore` keeps files by their
// content; `DocumentFile` looks through documents sent as evidence; `QRCode` draws an address. What is wrong with a
// file is a `DocumentFault`; how much a file may ask for stands in `Limits`.
//
// The room knows no feature and no words for people. Everything in it is synchronous and blocks: it is called where
// blocking is allowed. No input may end the program, so nothing here traps on what a file says.
