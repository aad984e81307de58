/// What a picture's device noted about its making. It can be wrong, absent or forged: a hint for the checker, no proof.
package struct PictureOrigin: Equatable, Sendable {
    /// The device's date and time, "yyyy-MM-ddTHH:mm:ss" with the offset "+07:00" behind when the device noted one.
    package let instantText: String?
    /// Degrees north, -90...90. Present only together with `longitude`.
    package let latitude: Double?
    /// Degrees east, -180...180.
    package let longitude: Double?

    /// Nothing is known.
    package static let unknown = PictureOrigin(instantText: nil, latitude: nil, longitude: nil)

    package init(instantText: String?, latitude: Double?, longitude: Double?) {
        self.instantText = instantText
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Reads EXIF. `field` gives the value of a field as the picture library spells it:
    /// `2025:11:20 08:15:00 (2025:11:20 08:15:00, ASCII, 20 components, 20 bytes)`.
    static func read(_ field: (String) -> String?) -> PictureOrigin {
        func value(_ name: String) -> String? {
            field(name).map { String($0.prefix(200)) }.map { text in
                text.firstRange(of: " (").map { String(text[..<$0.lowerBound]) } ?? text
            }
        }
        let north = degrees(value("exif-ifd3-GPSLatitude"), value("exif-ifd3-GPSLatitudeRef"), "N", "S", limit: 90)
        let east = degrees(value("exif-ifd3-GPSLongitude"), value("exif-ifd3-GPSLongitudeRef"), "E", "W", limit: 180)
        let isPlace = north != nil && east != nil
        return PictureOrigin(
            instantText: instant(value), latitude: isPlace ? north : nil, longitude: isPlace ? east : nil)
    }

    private static func instant(_ value: (String) -> String?) -> String? {
        for kind in ["Original", "Digitized"] {
            guard let text = value("exif-ifd2-DateTime\(kind)"), let instant = iso(text) else { continue }
            let offset = value("exif-ifd2-OffsetTime\(kind)").flatMap { fits($0, "±00:00") ? $0 : nil }
            return instant + (offset ?? "")
        }
        return nil
    }

    /// "2025:11:20 08:15:00" as ISO text; nil when it is no date and time.
    private static func iso(_ text: String) -> String? {
        guard fits(text, "0000:00:00 00:00:00") else { return nil }
        let numbers = text.split { $0 == ":" || $0 == " " }.compactMap { Int($0) }
        guard numbers.count == 6, numbers[0] >= 1_990, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 61
        else { return nil }
        return text.prefix(10).replacing(":", with: "-") + "T" + text.suffix(8)
    }

    /// Whether the text has digits where the pattern has "0", a sign where it has "±", and else its characters.
    private static func fits(_ text: String, _ pattern: String) -> Bool {
        guard text.unicodeScalars.count == pattern.unicodeScalars.count else { return false }
        return zip(text.unicodeScalars, pattern.unicodeScalars).allSatisfy { scalar, wanted in
            switch wanted {
            case "0": ("0"..."9").contains(scalar)
            case "±": scalar == "+" || scalar == "-"
            default: scalar == wanted
            }
        }
    }

    /// "10/1 46/1 3012/100" (degrees, minutes, seconds as fractions) with the letter of its half of the earth.
    private static func degrees(
        _ text: String?, _ half: String?, _ plus: String, _ minus: String, limit: Double
    ) -> Double? {
        guard let text, let half, half == plus || half == minus else { return nil }
        let parts = text.split(separator: " ").map { part -> Double in
            let fraction = part.split(separator: "/").compactMap { Double($0) }
            return fraction.count == 2 ? fraction[0] / fraction[1] : .nan
        }
        guard parts.count == 3 else { return nil }
        let degrees = parts[0] + parts[1] / 60 + parts[2] / 3_600
        // A fraction by zero is not finite, and devices without reception write zeros.
        guard degrees.isFinite, degrees > 0, degrees <= limit else { return nil }
        return half == plus ? degrees : -degrees
    }
}
