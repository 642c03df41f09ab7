import GRDB
import Glibc

/// A book: what was imported and issued, in one SQLite file that remembers every version.
///
/// One connection, held by one process at a time; a rollback journal with `synchronous = EXTRA`, so
/// that what was acknowledged survives a power cut (RELIABILITY D1, D2). Files are the owner's alone.
public final class BookFile: Sendable {
  public let path: String
  let queue: DatabaseQueue
  private let lock: LockFileBox

  /// Opens a book that is there.
  ///
  /// - Parameter wait: seconds to wait for another process that uses it.
  public convenience init(opening path: String, wait: Int = 5) throws {
    guard access(path, F_OK) == 0 else { throw StorageError.missing(path: path) }
    try self.init(opening: path, LockFileBox(try LockFile(beside: path, wait: wait)))
  }

  convenience init(opening path: String, _ lock: LockFileBox) throws {
    try Self.refuseForeign(path)
    try self.init(path, lock)
  }

  /// Makes a book where there is none. Until `publish` it has another name, so that a book is there
  /// with its first import or not at all.
  static func make(_ path: String, _ lock: LockFileBox) throws -> BookFile {
    let name = path + ".new"
    for leftover in [name, name + "-journal"] { unlink(leftover) }
    let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StorageError.last("making the book", path) }
    fchmod(descriptor, 0o600)
    close(descriptor)
    let book = try BookFile(name, lock)
    try book.queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
    }
    return book
  }

  private init(_ path: String, _ lock: LockFileBox) throws {
    self.path = path
    self.lock = lock
    var configuration = Configuration()
    configuration.label = path
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536
          """)
    }
    let setUp = configuration
    queue = try Self.translating(path) { try DatabaseQueue(path: path, configuration: setUp) }
  }

  /// A second connection to a book that this process holds, for reading beside the first.
  static func readOnly(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = path
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Brings the schema to this version; a newer one is refused, and so is one that lacks an earlier step.
  func migrate() throws {
    let migrator = Schema.migrator
    let (isNewer, applied) = try queue.read {
      (try migrator.hasBeenSuperseded($0), try migrator.appliedIdentifiers($0))
    }
    if isNewer { throw StorageError.newer(path: path) }
    guard Set(migrator.migrations.prefix(applied.count)) == Set(applied) else {
      throw StorageError.damaged(path: path, why: "the list of its versions was changed")
    }
    guard applied.count < migrator.migrations.count else { return }
    do {
      try migrator.migrate(queue)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      throw StorageError.damaged(
        path: path, why: "it has parts that the list of its versions lacks: \(error.message ?? "")")
    }
  }

  /// Errors of SQLite as ours.
  static func translating<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      let why = error.message ?? "\(error.resultCode)"
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw StorageError.damaged(path: path, why: why)
      default: throw StorageError.database(path: path, why: why)
      }
    }
  }

  /// A file that is not SQLite's, or another program's, is never touched (RELIABILITY E33).
  private static func refuseForeign(_ path: String) throws(StorageError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last("opening", path) }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 72)
    guard Glibc.read(descriptor, &header, header.count) == header.count,
      header.starts(with: Array("SQLite format 3\0".utf8))
    else { throw .notABook(path: path, why: "it is not an SQLite file") }
    let identifier = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard identifier == UInt32(bitPattern: Schema.applicationID) else {
      throw .notABook(path: path, why: "it belongs to another program")
    }
  }
}

/// A lock that lives as long as its book.
final class LockFileBox: Sendable {
  private let lock: LockFile
  init(_ lock: consuming LockFile) { self.lock = lock }
}
