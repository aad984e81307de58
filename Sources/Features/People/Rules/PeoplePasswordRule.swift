import Core

/// What makes a password acceptable (ASVS 6.2): long enough, not among the first that anybody would guess, not the
/// person's own name. No mixture of signs is asked for, and none is forbidden: a phrase of some words is best.
enum PeoplePasswordRule {
    static let least = 8
    static let mostBytes = 256

    enum Fault: String, Sendable, CaseIterable {
        case tooShort, tooLong, common, likeName, sameDigits
    }

    /// The first thing wrong with a password; nil when it will do.
    ///
    /// - Parameters:
    ///   - name: of the person, as written.
    ///   - signInName: as kept.
    static func fault(_ typed: String, name: String, signInName: String) -> Fault? {
        let password = VietnameseText.composed(typed)
        if password.count < least { return .tooShort }
        if password.utf8.count > mostBytes { return .tooLong }
        let folded = compact(password)
        if isDigitsRepeated(password) { return .sameDigits }
        if isLikeName(folded, name: name, signInName: signInName) { return .likeName }
        if PeopleCommonPassword.contains(folded) { return .common }
        return nil
    }

    static func refusal(_ typed: String, name: String, signInName: String, field: String) -> Refusal? {
        fault(typed, name: name, signInName: signInName).map {
            Refusal(.invalid, "people.password.\($0.rawValue)", field: field, ["least": "\(least)"])
        }
    }

    /// Letters without marks and digits only, in lower case.
    static func compact(_ text: String) -> String { VietnameseText.folded(text).filter { $0 != " " } }

    /// One digit again and again, one pair again and again, or a run: 11111111, 12121212, 12345678, 98765432.
    static func isDigitsRepeated(_ password: String) -> Bool {
        let digits = Array(password.utf8)
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return false }
        if Set(digits).count <= 2 { return true }
        let steps = zip(digits, digits.dropFirst()).map { Int($1) - Int($0) }
        if steps.allSatisfy({ $0 == 1 || $0 == -9 }) || steps.allSatisfy({ $0 == -1 || $0 == 9 }) { return true }
        // A group of up to four digits, written again: 12341234, 123123123.
        return (2...4).contains { length in
            digits.count >= length * 2 && digits.indices.allSatisfy { digits[$0] == digits[$0 % length] }
        }
    }

    /// The name or the sign-in name with little else, or the given name with digits only.
    private static func isLikeName(_ folded: String, name: String, signInName: String) -> Bool {
        let names = [compact(name), compact(signInName)].filter { $0.count >= 4 }
        for name in names where folded.contains(name) && folded.count - name.count < 6 { return true }
        for name in names where folded.contains(String(name.reversed())) && folded.count - name.count < 6 {
            return true
        }
        let given = compact(VietnameseOrder.givenName(of: name))
        guard given.count >= 2, folded.contains(given) else { return false }
        return folded.replacing(given, with: "").allSatisfy { $0.isNumber }
    }
}

/// Our own short list of what people choose first, here and elsewhere. Kept as letters without marks; digits and
/// signs before and behind are not what makes a password.
enum PeopleCommonPassword {
    static func contains(_ folded: String) -> Bool {
        if words.contains(folded) { return true }
        let isDigit: (Character) -> Bool = { $0.isNumber }
        let core = String(folded.drop(while: isDigit).reversed().drop(while: isDigit).reversed())
        if core.isEmpty { return isDay(folded) }
        return words.contains(core) || isOneSign(core) || keys.contains { $0.contains(core) }
    }

    /// A word of one letter again and again.
    private static func isOneSign(_ core: String) -> Bool { Set(core).count == 1 }

    /// Eight digits that are a day of somebody's life: 02091945, 19450902.
    private static func isDay(_ digits: String) -> Bool {
        guard digits.count == 8, let number = Int(digits) else { return false }
        let dayFirst = Day(year: number % 10_000, month: number / 10_000 % 100, day: number / 1_000_000)
        let yearFirst = Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        return dayFirst != nil || yearFirst != nil
    }

    /// Rows of a keyboard; a piece of them is no word.
    private static let keys = [
        "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp",
        "abcdefghijklmnopqrstuvwxyz", "poiuytrewq", "lkjhgfdsa", "mnbvcxz",
    ]

    private static let words: Set<String> = Set(
        """
        password passw0rd p4ssword p4ssw0rd passwort secret letmein welcome admin administrator root test tester guest
        user login changeme default system manager master monkey dragon football baseball sunshine princess iloveyou
        loveyou ilove lovely love baby babe angel michael jordan superman batman pokemon naruto starwars computer
        internet samsung iphone android google facebook zalo tiktok youtube windows microsoft apple nokia viettel
        vinaphone mobifone hello hihi hehe haha okok trustno1 whatever freedom flower summer winter autumn spring
        monday sunday january december shadow killer hacker ninja qwerty azerty abc abcd abcde aaaa asdf zxcv qwer
        1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3 q1w2e3r4 a1b2c3 a1b2c3d4 abc123 123abc 123qwe qwe123 1qaz2wsx zaq12wsx
        matkhau matkhaumoi matkhaucuatoi matkhaulagi khongbiet khongnho quenmatkhau dangnhap taikhoan nguoidung
        quantri quantrivien vietnam vietnamvodich toiyeuvietnam tuquoc toquoc hochiminh bacho hanoi saigon danang
        dalat lamdong donduong dilinh ductrong lacduong baoloc dran thanhmy kado quanglap donggiao dongthong
        thongxanh kieumau khudancu khudancukieumau matran mattran mattrantoquoc dangbo danguy chibo uyban hoidong
        thontruong truongthon bithu chutich canbo congan bodoi giaovien nongdan phunu cuuchienbinh doanvien
        anhyeuem emyeuanh yeuem yeuanh yeu yeuthuong yeulam yeumai maiyeu maimaiyeuem maimai connguoi giadinh
        giadinhlasomot giadinhtoi bome boyeu meyeu conyeu contrai congai chongyeu voyeu vochong hanhphuc binhan
        suckhoe tinhyeu tinhban bantot banbe xinchao chaoban camon haylam tuyetvoi motnam nammoi chucmungnammoi
        ngaymai homnay chunhat thuhai thubay conmeo concho contrau bongda cafe caphe biahoi phobo banhmi comtam
        motdoi motdoimotkiep motdoithuong khongcogi khongcogiquyhon docLap tudo doclaptudo doclaptudohanhphuc
        """
        .lowercased().split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
