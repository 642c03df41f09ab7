import Glibc

/// Why something could not be written. The caller ends with exit status 74.
public enum ExportError: Error, Hashable, Sendable {
  /// A system call failed: what was being done, to which file or folder, and errno.
  case system(doing: String, path: String, errno: Int32)
  /// The reader of a pipe went away (EPIPE). Not worth a message: the reader has had enough.
  case readerWentAway(path: String)
  /// The output folder holds something that Tieout did not write; nothing was touched.
  case foreignFile(folder: String, name: String)
  /// The output path is a file, a symbolic link or a device.
  case notAFolder(path: String)
  /// A name that cannot be an output folder or a file in it.
  case badName(String)
  /// The workbook could not be made, or reading it back did not show what was written.
  case workbook(path: String, why: String)
  /// A figure that does not follow from the others as its report says: our own fault.
  case wrongFigure(place: String, why: String)

  /// The error of the system call that just failed.
  static func last(_ doing: String, _ path: String) -> ExportError {
    let number = errno
    return number == EPIPE
      ? .readerWentAway(path: path) : .system(doing: doing, path: path, errno: number)
  }
}

extension ExportError: CustomStringConvertible {
  /// One sentence that names the file, what went wrong and, where there is one, the way out.
  public var description: String {
    switch self {
    case .system(let doing, let path, let number):
      "\(path): \(doing) failed: \(Self.text(of: number))"
    case .readerWentAway(let path):
      "\(path): the reader went away"
    case .foreignFile(let folder, let name):
      "\(folder): holds \(name), which Tieout did not write; move it away or choose another folder"
    case .notAFolder(let path):
      "\(path): is not a folder; choose another name for the output folder"
    case .badName(let name):
      "\(name.isEmpty ? "an empty name" : name): cannot be used as the name of an output"
    case .workbook(let path, let why):
      "\(path): the workbook could not be written: \(why)"
    case .wrongFigure(let place, let why):
      "\(place): \(why); nothing was written, please report it"
    }
  }

  private static func text(of number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { room in
      guard let start = room.baseAddress, strerror_r(number, start, room.count) == 0 else {
        return "error \(number)"
      }
      return String(cString: start)
    }
  }
}
