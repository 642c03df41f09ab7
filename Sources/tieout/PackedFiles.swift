import Foundation
import Storage

/// The files of a pack in a folder, in the order of their names, with their digests; files in `rejects/`
/// too.
func packedFiles(in folder: String) throws -> [PackedFile] {
  let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
  return try names.sorted().compactMap { name in
    var isFolder: ObjCBool = false
    let path = "\(folder)/\(name)"
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
    else { return nil }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Failure(status: .surroundings, message: "\(path): cannot be read")
    }
    return PackedFile(name: name, digest: digest(of: bytes))
  }
}

extension [PackedFile] {
  /// What of another pack is not as in this one: a sentence for each file.
  func differences(from other: [PackedFile]) -> [String] {
    let (own, others) = (digests, other.digests)
    return Set(own.keys).union(others.keys).sorted().compactMap { name in
      switch (own[name], others[name]) {
      case (_, nil): "\(name) is not there"
      case (nil, _): "\(name) was not part of the pack"
      case (let a, let b): a == b ? nil : "\(name) is not as it was"
      }
    }
  }

  private var digests: [String: String] {
    Dictionary(map { ($0.name, $0.digest) }, uniquingKeysWith: { first, _ in first })
  }
}
