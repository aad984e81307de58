/// Reading and writing plain ASCII digits, for days, clocks and numbers.
enum Digits {
    /// The number that is written with digits only; nil when empty, longer than 18 digits or holding anything else.
    static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...18).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard isDigit(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// At least two digits: 7 is "07".
    static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// At least three digits: 7 is "007".
    static func three(_ number: Int) -> String {
        number < 100 ? "0" + two(number) : "\(number)"
    }

    /// The whole number with its thousands apart: 1234567 and "." give "1.234.567".
    static func grouped(_ number: UInt64, by separator: String) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += separator }
            text.append(digit)
        }
        return text
    }
}
