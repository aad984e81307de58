/// The languages of the pages; the raw value is the code in addresses and `lang` attributes.
package enum Language: String, CaseIterable, Hashable, Sendable, Codable {
    case vi, en

    /// How days, times and numbers are written in this language.
    package var format: Format { Format(language: self) }

    var thousandsSeparator: String { self == .vi ? "." : "," }
    var decimalSeparator: String { self == .vi ? "," : "." }
}

/// Days, times and numbers as people read them, with texts of our own: no system library may decide how a date looks.
package struct Format: Hashable, Sendable {
    package let language: Language

    /// "05/04/2026", always ten characters, so that columns align; in English "5 April 2026".
    package func day(_ day: Day) -> String {
        switch language {
        case .vi: "\(Digits.two(day.day))/\(Digits.two(day.month))/\(day.year)"
        case .en: "\(day.day) \(Self.englishMonths[day.month - 1]) \(day.year)"
        }
    }

    /// "18/11", "5/4" as in running text; in English "18 November".
    package func dayAndMonth(_ day: Day) -> String {
        switch language {
        case .vi: "\(day.day)/\(day.month)"
        case .en: "\(day.day) \(Self.englishMonths[day.month - 1])"
        }
    }

    /// The month that holds the day: "11/2026", "4/2026"; in English "November 2026".
    package func month(_ day: Day) -> String {
        switch language {
        case .vi: "\(day.month)/\(day.year)"
        case .en: "\(Self.englishMonths[day.month - 1]) \(day.year)"
        }
    }

    /// The date of an official paper: "ngày 05 tháng 4 năm 2026", with a zero before days below 10 and before months 1
    /// and 2 only (Nghị định 30/2020/NĐ-CP, Phụ lục I); in English as `day`.
    package func paperDate(_ day: Day) -> String {
        guard language == .vi else { return self.day(day) }
        let month = day.month < 3 ? Digits.two(day.month) : "\(day.month)"
        return "ngày \(Digits.two(day.day)) tháng \(month) năm \(day.year)"
    }

    /// "Thứ Ba", "Chủ nhật"; in English "Tuesday", "Sunday".
    package func weekday(_ weekday: Weekday) -> String {
        (language == .vi ? Self.vietnameseWeekdays : Self.englishWeekdays)[weekday.rawValue - 1]
    }

    /// "Thứ Ba, 10/11/2026"; in English "Tuesday, 10 November 2026".
    package func weekdayAndDay(_ day: Day) -> String {
        "\(weekday(day.weekday)), \(self.day(day))"
    }

    /// The time of day in Vietnam: "14:05".
    package func clock(_ instant: Instant) -> String {
        instant.vietnamClock
    }

    /// "14:05, 10/11/2026".
    package func moment(_ instant: Instant) -> String {
        "\(clock(instant)), \(day(instant.day))"
    }

    /// "1.234.567"; in English "1,234,567".
    package func integer(_ number: Int) -> String {
        (number < 0 ? "-" : "") + Digits.grouped(UInt64(number.magnitude), by: language.thousandsSeparator)
    }

    /// "1.234,5"; in English "1,234.5".
    package func quantity(_ quantity: Quantity) -> String {
        quantity.text(in: language)
    }

    /// "92,5 %" with a no-break space; in English "92.5%".
    package func percent(_ percentage: Quantity) -> String {
        percentage.text(in: language) + (language == .vi ? "\u{A0}%" : "%")
    }

    /// "1.234.567 ₫" with a no-break space; in English "1,234,567 ₫".
    package func money(_ money: Money) -> String {
        money.text(in: language)
    }

    private static let vietnameseWeekdays = [
        "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật",
    ]
    private static let englishWeekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
