import Foundation
import Importing
import Measures
import Storage

/// What a command reads: a folder of exports, or a book.
struct Source {
  let path: String
  /// Of a book: what it holds, as an import reads it.
  private(set) var kept: KeptInput?
  /// Of a book: the period that was closed last before the as-of day.
  private(set) var closed: ClosedBefore?
  /// Of a book: its closed periods, but the one that was closed with just what is known here.
  private var locked: [ClosedPeriod] = []

  /// - Parameters:
  ///   - asOf: the day of what is asked; nil where closed periods do not matter.
  ///   - knownAsOf: an entry of the log, an instant or a closed period; nil for all.
  init(_ path: String, asOf: Day?, knownAsOf: String?) throws {
    guard BookSource.isBook(path) else {
      guard knownAsOf == nil else {
        throw Failure(
          status: .usage, message: "--known-as-of asks a book; \(path) is none")
      }
      self.path = path
      return
    }
    self = try StorageFailure.translating {
      try BookFile(opening: path).reading { book in
        try Source(
          path, book, asOf: asOf,
          knownAsOf: try knownAsOf.map { try BookSource.entry($0, of: book, path) })
      }
    }
  }

  /// A book that is open.
  init(_ path: String, _ book: BookReader, asOf: Day?, knownAsOf: Int64?) throws {
    self.path = path
    kept = BookSource.kept(try book.stored(knownAsOf: knownAsOf))
    locked = try book.closedPeriods().filter { $0.entry != knownAsOf }
    closed = try asOf.flatMap { try ClosedBefore(book, before: $0, knownAsOf: knownAsOf) }
  }
}

extension Source {
  /// Refuses to write over the pack of a closed period.
  func refuseClosed(_ target: String) throws {
    let place = URL(fileURLWithPath: target).standardizedFileURL.path
    guard let period = locked.first(where: { $0.place == place }) else { return }
    throw Failure(
      status: .usage,
      message: "\(target) has the closed pack of \(period.period); give another --out, or make the "
        + "same pack with --known-as-of \(period.period)")
  }
}

/// The period that was closed last before a day, and what the book was told about it since.
struct ClosedBefore {
  let period: ClosedPeriod
  let late: [LateRow]
  /// What the book held when it was closed; nil where nothing came late.
  private(set) var kept: KeptInput?

  /// - Returns: nil where nothing was closed before the day.
  init?(_ book: BookReader, before asOf: Day, knownAsOf: Int64?) throws {
    let periods = try book.closedPeriods(knownAsOf: knownAsOf)
    guard let period = periods.last(where: { $0.last < asOf.text }) else { return nil }
    self.period = period
    let last = try knownAsOf ?? book.log().last?.id ?? 0
    late = try LateRow.all(
      of: book.changes(from: period.entry, to: last), through: period.last,
      dayOfInvoice: { try book.day(ofInvoice: $0, knownAsOf: last) })
    if !late.isEmpty { kept = BookSource.kept(try book.stored(knownAsOf: period.entry)) }
  }
}
