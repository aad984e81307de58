import App
import ArgumentParser
import Core
import Database
import Documents
import Foundation

/// Writes the spreadsheet that the import is measured with: communes in 34 provinces.
struct SpreadsheetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "spreadsheet")

    @Option var rows: Int = 100_000
    @Argument var path: String

    func run() async throws {
        let writer = try SheetWriter(path: path)
        try writer.begin(sheet: "Đơn vị", columns: ["Mã", "Tên", "Cấp", "Trực thuộc"].map { SheetColumn($0) })
        let provinces = 34
        for number in 0..<provinces {
            try writer.append([.text("P\(number)"), .text("Tỉnh Mẫu \(number)"), .text("Tỉnh"), .empty])
        }
        for number in 0..<(rows - provinces) {
            try writer.append([
                .text("C\(number)"), .text("Xã Thông số \(number)"), .text("Xã"),
                .text("Tỉnh Mẫu \(number % provinces)"),
            ])
        }
        try writer.finish()
    }
}
