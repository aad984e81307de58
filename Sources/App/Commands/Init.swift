import ArgumentParser
import Core
import Database
import Foundation
import People

/// `kieumau init`: a new database for a real office. What is not given as an option is asked for, where somebody sits
/// at the terminal.
struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Set up a new database for a real office, with its first administrator.")

    @OptionGroup var options: SettingOptions
    @Option(help: "Full name of the first administrator, as it is written in Vietnamese.") var administrator: String?
    @Option(help: "Name to sign in with; made from the full name otherwise.") var signIn: String?
    @Option(help: "Name of the office that runs the installation.") var office: String?
    @Option(help: "The uppermost unit with its kind, such as \"tỉnh Lâm Đồng\" or \"xã Đơn Dương\".")
    var territory: String?

    func run() async throws {
        let settings = try options.settings()
        do {
            // Everything typed is looked at before anything is made.
            let setUp = try OfficeSetUp(
                administrator: Init.given(
                    administrator, "Họ tên người quản trị đầu tiên", OfficeSetUp.isName, or: { _ in .administrator }),
                office: Init.given(office, "Tên cơ quan vận hành", OfficeSetUp.isName, or: { _ in .office }),
                territory: Init.given(
                    territory, "Địa bàn cao nhất (ví dụ: tỉnh Lâm Đồng, xã Đơn Dương)",
                    { OfficeSetUp.unit($0) != nil }, or: { .territory($0) }),
                signIn: signIn)
            let house = try await House.open(settings, log: Logs.make(settings), for: .making)
            let result = try await setUp.carryOut(house.database)
            try house.database.close()
            report(result, settings)
        } catch let fault as OfficeSetUp.Fault {
            switch fault {
            case .demonstration, .used: throw stop(fault.description, ExitCodes.data)
            default: throw stop(fault.description, ExitCodes.usage)
            }
        } catch let unfit as UnfitDatabase {
            throw stop(unfit.description, ExitCodes.unavailable)
        }
    }

    /// The option, or an answer at the terminal, asked again until it will do, so that one slip of the pen does not
    /// cost the answers before it; empty where nobody sits.
    private static func given(
        _ option: String?, _ question: String, _ isGood: (String) -> Bool, or fault: (String) -> OfficeSetUp.Fault
    ) -> String {
        if let option { return option }
        guard isatty(STDIN_FILENO) == 1 else { return "" }
        while true {
            Terminal.say(question + ":")
            guard let answer = readLine() else { return "" }
            if isGood(answer) { return answer }
            Terminal.say(fault(answer).description)
        }
    }

    private func report(_ result: OfficeSetUp.Result, _ settings: Settings) {
        // The connection string may hold a password, and terminals are looked at.
        let engine = settings.postgres == nil ? "" : " với cùng --postgres"
        for line in [
            "Đã thiết lập cơ sở dữ liệu mới. Chưa có dữ liệu nào khác, kể cả dữ liệu minh họa.",
            "",
            "  Tên đăng nhập: \(result.signInName)",
            "  Mã kích hoạt:  \(result.code.text)   (dùng một lần, trong 7 ngày; chỉ hiện lần này)",
            "",
            "Việc tiếp theo:",
            "  1. Chạy: kieumau serve --data \(settings.data)\(engine)",
            "     Để máy khác vào được, thêm --public-address https://… (xem docs/operating.md).",
            "  2. Mở \(settings.address.url("/activation")), gõ mã kích hoạt và đặt mật khẩu.",
            "  3. Cài mã trên điện thoại (bắt buộc với người quản trị).",
            "  4. Theo trang đầu: nhập đơn vị và khu dân cư, tổ chức, người và vai trò, bộ tiêu chí.",
            "Mất mã trước khi dùng: dừng serve, lấy mã mới bằng kieumau user slip \(result.signInName) --data \(settings.data)\(engine)",
        ] { Terminal.print(line) }
    }
}
