import Foundation

/// Numbers of spreadsheet cells as text for people: as the cell shows them, without separators.
enum CellNumber {
    /// The text of a number in a format. What is no number stays as it is.
    static func text(_ bytes: [UInt8], as format: CellFormat, is1904: Bool) -> String {
        if format == .plain, bytes.count <= 15, isPlain(bytes) { return String(decoding: bytes, as: UTF8.self) }
        let raw = bytes.withUnsafeBufferPointer(CellText.trimmed)
        guard let number = Double(raw), number.isFinite else { return raw }
        switch format {
        case .plain: return plain(number)
        case .day: return day(number, is1904: is1904) ?? plain(number)
        case .time: return time(number) ?? plain(number)
        }
    }

    /// Fifteen digits, as spreadsheets show: 0.1 + 0.2 is stored as 0.30000000000000004.
    private static func plain(_ number: Double) -> String {
        if number.rounded() == number, abs(number) < 1e15 { return String(Int64(number)) }
        return String(format: "%.15g", number)
    }

    /// Digits with at most one point and a sign in front, in no more places than a number keeps exactly.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        var points = 0
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: "-") where index == 0 && bytes.count > 1: continue
            case UInt8(ascii: "."): points += 1
            default: return false
            }
        }
        return points <= 1
    }

    /// The day of a serial number, nil outside the years 1900 to 9999.
    private static func day(_ serial: Double, is1904: Bool) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        var days = Int(serial)
        if is1904 {
            days += 1_462
            guard days < 2_958_466 else { return nil }
        } else if days < 61 {
            // Serial 60 is a 29 February 1900 that never was; before it the count is one day short.
            guard days >= 1, days < 60 else { return nil }
            days += 1
        }
        return isoDay(daysSince1970: days - 25_569)
    }

    private static func time(_ serial: Double) -> String? {
        guard serial >= 0, serial < 10_000 else { return nil }
        let seconds = Int((serial * 86_400).rounded())
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { two($0) }
        return (parts[2] == "00" ? parts.prefix(2) : parts[...]).joined(separator: ":")
    }

    /// The civil calendar by whole numbers (years from March, so that the leap day comes last): a calendar object
    /// per cell would cost more than reading the sheet.
    private static func isoDay(daysSince1970: Int) -> String {
        let shifted = daysSince1970 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * fromMarch + 2) / 5 + 1
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(two(month))-\(two(day))"
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
