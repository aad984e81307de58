import App
import ArgumentParser
import Core
import Database
import Documents
import Foundation

/// Writes the spreadsheet that the import is measured with: one commune's worth of areas, again and again.
struct SpreadsheetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "spreadsheet")

    @Option var rows: Int = 100_000
    @Argument var path: String

    func run() async throws {
        let writer = try SheetWriter(path: path)
        try writer.begin(sheet: "Đơn vị", columns: ["Mã", "Tên", "Cấp", "Mã cấp trên"].map { SheetColumn($0) })
        try writer.append([.text("01"), .text("Tỉnh Mẫu"), .text("Tỉnh"), .empty])
        let communes = max(1, rows / 30)
        for number in 0..<communes {
            try writer.append([.text("C\(number)"), .text("Xã số \(number)"), .text("Xã"), .text("01")])
        }
        for number in 0..<(rows - communes - 1) {
            try writer.append([
                .text("K\(number)"), .text("Thôn \(number / communes + 1)"), .text("Thôn"), .text("C\(number % communes)"),
            ])
        }
        try writer.finish()
    }
}
