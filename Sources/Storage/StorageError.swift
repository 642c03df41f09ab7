/// Why a book could not be opened, read or written.
public enum StorageError: Error, Hashable, Sendable {
  /// There is no file of this name.
  case missing(path: String)
  /// A file that is no book of ours; it was not touched.
  case notABook(path: String, why: String)
  /// A book of a newer version; it was not touched.
  case newer(path: String)
  /// Another process holds it.
  case busy(path: String, process: Int32?)
  /// What is stored is not what was stored.
  case damaged(path: String, why: String)
  /// A system call failed: what was being done, and errno's text.
  case system(doing: String, path: String, why: String)
  /// SQLite failed.
  case database(path: String, why: String)
}

extension StorageError: CustomStringConvertible {
  /// One sentence that names the file, what is wrong and, where there is one, the way out.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): there is no such book; make it with tieout import FOLDER --book \(path)"
    case .notABook(let path, let why):
      "\(path): is no book of Tieout: \(why); it was not touched"
    case .newer(let path):
      "\(path): was written by a newer Tieout; it was not touched"
    case .busy(let path, let process):
      "\(path): is in use" + (process.map { " by process \($0)" } ?? "")
        + "; wait for it, or say how long with --wait SECONDS"
    case .damaged(let path, let why):
      "\(path): is damaged: \(why); tieout verify names every place"
    case .system(let doing, let path, let why):
      "\(path): \(doing) failed: \(why)"
    case .database(let path, let why):
      "\(path): \(why)"
    }
  }
}
