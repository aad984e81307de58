import ArgumentParser
import Core
import Database
import People

/// For whoever has nobody above to hand them a new slip: the head office's own people. It needs the machine itself, and
/// stands in the audit trail as an act of the command line.
struct NewSlip: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slip", abstract: "Print a new activation code for somebody whose password is lost.")

    @OptionGroup var options: SettingOptions
    @Argument(help: "The name they sign in with.") var signIn: String

    func run() async throws {
        let settings = try options.settings()
        let house = try await House.open(settings, log: Logs.make(settings))
        try house.refuseFailingDisk()
        let code = PeopleSlipCode(house.live.world.secrets)
        let hash = try PeoplePasswords().hash(code)
        let typed = signIn
        // As on the sign-in page: with marks, blanks or capitals it is the same name.
        let signIn = PeopleSignInName(typed)?.text ?? ""
        do {
            try await house.database.unattended(.commandLine) { tx in
                guard
                    let row = try tx.first(
                        "SELECT person_id FROM account WHERE sign_in_name = \(signIn) AND disabled_at IS NULL")
                else { throw NotFound() }
                let person = try row.id("person_id")
                try PeopleStore.addSlip(tx.ids.next(), codeHash: hash, person: person, tx)
                tx.note("account.slip", to: signIn)
                return Receipt(id: person)
            }
        } catch is NotFound {
            throw stop(
                "Không có tài khoản đang mở nào tên “\(typed)”. Gõ tên đăng nhập ghi trên phiếu, ví dụ: yathuong.",
                ExitCodes.usage)
        }
        NewSlip.report(code, for: signIn, settings)
        try house.database.close()
    }

    /// In the words of `init`: the same person reads both.
    static func report(_ code: PeopleSlipCode, for signIn: String, _ settings: Settings) {
        for line in [
            "  Tên đăng nhập: \(signIn)",
            "  Mã kích hoạt:  \(code.text)   (dùng một lần, trong 7 ngày; chỉ hiện lần này)",
            "Chạy lại kieumau serve, mở \(settings.address.url("/activation")), gõ mã và đặt mật khẩu.",
        ] { Terminal.print(line) }
    }
}
