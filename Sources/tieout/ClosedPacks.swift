import ArgumentParser
import Foundation
import Measures
import Storage

/// The packs of closed periods, made again from what was known and compared.
struct ClosedPacks {
  let book: String
  let reader: BookReader
  /// Where packs may stand besides where they were written.
  let folders: [String]
  var faults: [String] = []

  init(book: String, reader: BookReader, folders: [String]) {
    (self.book, self.reader, self.folders) = (book, reader, folders)
  }

  /// - Returns: what was found, for a person; what is wrong is in `faults`.
  mutating func verify() throws -> String {
    let periods = try reader.closedPeriods()
    var text = ""
    for period in periods {
      text += "\(period.period) closed by entry \(period.entry): "
      text += try verifyAgain(period) + ", "
      text += try verifyFolder(period) + "\n"
    }
    for folder in folders where nearest(folder, periods) == nil {
      faults.append("\(folder): is the pack of no period that is closed in \(book)")
    }
    return text
  }

  /// Makes the pack from the book as it was when it closed.
  private mutating func verifyAgain(_ period: ClosedPeriod) throws -> String {
    guard period.program == Tieout.version else {
      return "written by Tieout \(period.program), which alone makes the same bytes"
    }
    guard let first = Day(period.first), let last = Day(period.last),
      let days = Period(from: first, through: last)
    else {
      faults.append("\(book): \(period.period) has no days")
      return "no days"
    }
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("tieout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: scratch) }
    let target = scratch.appendingPathComponent("pack").path
    let source = try Source(book, reader, asOf: last, knownAsOf: period.entry)
    let pack = try MonthEndPack(
      source, days, SourceOptions.parse(["--quiet"]), to: target)
    let differences = period.files.differences(from: try packedFiles(in: target))
    faults += differences.map {
      "\(book): \(period.period) made again, as entry \(period.entry) closed it: \($0)"
    }
    if pack.inputs != period.inputs {
      faults.append("\(book): \(period.period) was closed from other inputs than the book has")
    }
    return "made again, \(count(period.files.count, "file")) to the byte"
  }

  /// Compares the files that were handed out.
  private mutating func verifyFolder(_ period: ClosedPeriod) throws -> String {
    let known = FileManager.default.fileExists(atPath: period.place) ? [period.place] : []
    let given = folders.filter { nearest($0, [period]) != nil }
    guard let folder = given.first ?? known.first else {
      return "\(period.place) is not there"
    }
    let differences = period.files.differences(from: try packedFiles(in: folder))
    faults += differences.map { "\(folder): \($0), since entry \(period.entry) closed it" }
    return "\(folder) unchanged"
  }

  /// The period that a folder is the pack of, with a file or more that nobody changed.
  private func nearest(_ folder: String, _ periods: [ClosedPeriod]) -> ClosedPeriod? {
    guard let files = try? Set(packedFiles(in: folder)) else { return nil }
    func same(_ period: ClosedPeriod) -> Int { period.files.count { files.contains($0) } }
    return periods.filter { same($0) > 0 }.max { same($0) < same($1) }
  }
}
