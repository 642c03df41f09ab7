import ArgumentParser
import Exporting
import Foundation
import Importing

/// `tieout init`: a folder to fill.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented company.toml and an empty CSV template of every table.",
    discussion: """
      Example:
        tieout init exports
      makes the folder, which must not be there yet. Fill the tables you have and delete the others; \
      columns without data can go too.
      """)

  @Argument(help: "The folder to make.")
  var folder: String

  @Flag(help: "Print errors only.")
  var quiet = false

  func run() throws {
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw Failure(
        status: .usage, message: "\(folder): is there already; nothing was written into it")
    }
    let tables = importedTables()
    let names = ["company.toml"] + tables.map { "\($0.table).csv" }
    let pack = try Pack(replacing: folder, ours: Set(names))
    defer { pack.discard() }
    try write("company.toml", CompanyTemplate.text, in: pack)
    for (table, columns) in tables {
      try write("\(table).csv", columns.joined(separator: ",") + "\n", in: pack)
    }
    try pack.publish()
    guard !quiet else { return }
    try StandardStream.output.write(
      """
      Wrote \(folder)/: company.toml and \(tables.count) tables
      Next: fill the tables, then tieout check \(folder)

      """)
  }

  private func write(_ name: String, _ text: String, in pack: Pack) throws {
    var file = try pack.create(name)
    try file.write(Array(text.utf8))
    try file.finish()
  }
}
