import Core

extension OrganisationImport {
    /// A cell that is to hold a whole number: of households, of people, a year.
    ///
    /// As a text "1.234" is one thousand two hundred and thirty-four, as people here write it. A number that the
    /// spreadsheet keeps as 1.234 is one and a bit, however it looks, so it is none; "1,234" as a text could be either.
    /// Where thousands may have been meant the person is asked for them, and nothing is guessed.
    struct WholeNumber: Sendable, Equatable {
        /// Nil for what is no whole number.
        let value: Int?
        /// What it would be if its only sign parted thousands; nil where that was not meant, or is the value already.
        let thousands: Int?
        /// The file keeps it as a number with decimals.
        let isDecimal: Bool
        /// As people here write it.
        let shown: String

        /// - Parameter isDecimal: the file keeps a number with three decimals.
        init(_ cell: String, isDecimal: Bool) {
            self.isDecimal = isDecimal
            shown = isDecimal ? cell.replacing(".", with: ",") : cell
            value = isDecimal ? nil : Self.whole(cell)
            thousands = value == nil ? Self.whole(shown.replacing(",", with: ".")) : nil
        }

        private static func whole(_ text: String) -> Int? {
            if let plain = Int(text) { return plain }
            guard let quantity = Quantity.parse(text), quantity.thousandths % 1_000 == 0 else { return nil }
            return Int(quantity.thousandths / 1_000)
        }
    }
}
