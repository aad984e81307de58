import Core
import Organisation

/// An invented country of a real size: 34 provinces, 3,321 communes and 100,000 residential areas in all, or less of
/// each in proportion. Made from a number, so that two machines measure the same.
struct Country {
    /// Vietnam since 1/7/2025.
    static let provinces = 34
    static let communes = 3_321
    /// The number of areas for which the communes above are meant.
    static let areas = 100_000

    struct Commune {
        let designation: Designation
        let name: String
        let areas: [AreaPlan]
    }

    struct AreaPlan {
        let designation: Designation
        let name: String
        let households: Int
        let people: Int

        /// As criteria know it.
        var areaClass: String { designation == .toDanPho || designation == .khuPho ? "town" : "rural" }
    }

    struct Province {
        let name: String
        let communes: [Commune]
    }

    private var chance: Chance
    private let areaCounts: [[Int]]

    /// - Parameters:
    ///   - scale: how many residential areas in all; at least one.
    ///   - seed: the same number makes the same country.
    init(scale: Int, seed: UInt64) {
        var chance = Chance(seed: seed)
        let provinces = min(Country.provinces, scale)
        let communes = min(scale, max(provinces, min(Country.communes, scale * Country.communes / Country.areas)))
        let shares = Country.share(communes, among: (0..<provinces).map { _ in chance.number(50...170) })
        let weights = shares.map { count in (0..<count).map { _ in chance.number(40...160) } }
        let flat = Country.share(scale, among: weights.flatMap { $0 })
        var next = 0
        areaCounts = weights.map { mine in
            defer { next += mine.count }
            return Array(flat[next..<next + mine.count])
        }
        self.chance = chance
    }

    var provinceCount: Int { areaCounts.count }

    /// The next province; call it once for each, in order.
    mutating func province(_ index: Int) -> Province {
        var names = CountryNames()
        let communes = areaCounts[index].map { commune(areas: $0, of: index, &names) }
        return Province(name: "Minh Họa \(index + 1)", communes: communes)
    }

    private mutating func commune(areas count: Int, of province: Int, _ names: inout CountryNames) -> Commune {
        let isWard = chance.number(1...3) == 1
        let rural: [Designation] = [.thon, .ap, .ban, .thon, .buon, .xom, .khom]
        let urban: [Designation] = [.toDanPho, .khuPho]
        let kind = isWard ? urban[province % urban.count] : rural[province % rural.count]
        let isNumbered = chance.number(1...5) <= 3
        var own = CountryNames()
        let areas = (1...max(1, count)).map { number -> AreaPlan in
            let households = chance.number(80...420)
            return AreaPlan(
                designation: kind, name: isNumbered ? "\(number)" : own.next(&chance), households: households,
                people: households * chance.number(33...46) / 10)
        }
        return Commune(designation: isWard ? .ward : .commune, name: names.next(&chance), areas: areas)
    }

    /// Shares a whole among weights so that each gets at least one and the sum is exact.
    static func share(_ whole: Int, among weights: [Int]) -> [Int] {
        let rest = max(0, whole - weights.count)
        let sum = max(1, weights.reduce(0, +))
        var shares = weights.map { 1 + rest * $0 / sum }
        var left = whole - shares.reduce(0, +)
        var index = 0
        while left > 0, !shares.isEmpty {
            shares[index % shares.count] += 1
            index += 1
            left -= 1
        }
        return shares
    }
}

/// Names of places that nobody would look for: a form of the land and a plant or a weather. Within one unit no name
/// comes twice.
struct CountryNames {
    private static let first = [
        "Suối", "Đồi", "Đồng", "Bãi", "Rừng", "Hồ", "Bến", "Gò", "Vườn", "Khe", "Thác", "Nương", "Cầu", "Giếng",
        "Ruộng",
        "Xóm",
    ]
    private static let second = [
        "Mai", "Lan", "Hạc", "Sương", "Trăng", "Mận", "Thông", "Quế", "Sen", "Trúc", "Nắng", "Mây", "Gió", "Ổi", "Ngâu",
        "Chuối", "Tre", "Vải", "Ong", "Dẻ", "Sậy", "Lau", "Súng", "Bưởi", "Hồng", "Cúc", "Đào", "Mơ", "Khế", "Ngọc",
    ]
    private var counts: [String: Int] = [:]

    mutating func next(_ chance: inout Chance) -> String {
        let name =
            CountryNames.first[chance.number(0...CountryNames.first.count - 1)] + " "
            + CountryNames.second[chance.number(0...CountryNames.second.count - 1)]
        let count = counts[name, default: 0] + 1
        counts[name] = count
        return count == 1 ? name : "\(name) \(count)"
    }

    private static let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương", "Ka", "Y"]
    private static let middles = ["Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Xuân", "Hải"]
    private static let given = ["An", "Bình", "Châu", "Dũng", "Hà", "Khoa", "Lan", "Nam", "Phúc", "Sơn", "Thảo", "Yến"]

    static func person(_ chance: inout Chance) -> String {
        [families, middles, given].map { $0[chance.number(0...$0.count - 1)] }.joined(separator: " ")
    }
}

/// Chance that repeats (SplitMix64).
struct Chance: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }
}
