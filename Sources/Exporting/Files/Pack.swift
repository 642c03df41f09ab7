import CGlibc
import Glibc
import Synchronization

/// A folder of outputs that appears whole or not at all (RELIABILITY G5, D9, D21).
///
///     let pack = try Pack(replacing: "reports/2026-10", ours: names)
///     var file = try pack.create("ar-aging.csv")
///     try CSVWriter().write(sheet, to: &file)
///     try file.finish()
///     try pack.publish()
///
/// Files are written into a folder beside the target, mode 0700, and `publish` puts it in the
/// target's place in one step. A pack that is not published is removed, target untouched; so is one
/// that is abandoned by a thrown error. Files may be created on several threads at once.
public final class Pack: Sendable {
  /// How the outputs reach their place.
  private enum Mode {
    /// The folder is the pack: it is exchanged as a whole, and what was in the old one is gone.
    case whole
    /// Files join the folder, each replacing its namesake whole; other files stay as they are.
    case joining
  }

  /// The output folder, as the caller named it.
  public let target: String

  private let mode: Mode
  private let ours: OwnNames
  /// The target's own name in `place.parent`; empty when joining.
  private let name: String
  private let place: WorkPlace
  private let state = Mutex(State())

  private struct State {
    var files: [String] = []
    var isDone = false
  }

  /// A pack that will replace the folder at `target` as a whole.
  ///
  /// - Parameter ours: every name that Tieout may write there, in this run or another: files by
  ///   name, and a folder as `rejects/`, in which any `*.csv` is ours. A target with anything else
  ///   in it is refused before any work is done.
  public init(replacing target: String, ours names: Set<String>) throws(ExportError) {
    let ours = OwnNames(names)
    let path = try FolderPath(target)
    self.target = target
    self.ours = ours
    mode = .whole
    name = path.name
    place = try WorkPlace(in: path.parent, label: path.name) { parent throws(ExportError) in
      try Self.refuseForeign(path.name, in: parent, ours, target)
    }
  }

  /// A pack whose files will join the folder at `target`, which is made where it is missing.
  public init(joining target: String) throws(ExportError) {
    self.target = target
    ours = OwnNames([])
    mode = .joining
    name = ""
    place = try WorkPlace(in: target, label: OwnNames.joiningLabel) { _ in }
  }

  deinit { discard() }

  /// Creates a file in the pack, such as `ar-aging.csv` or `rejects/timesheets.csv`.
  ///
  /// - Throws: `.badName` for a name that is no plain one or that the next run would not know as
  ///   ours, `.system` with EEXIST for a name that is already in the pack.
  public func create(_ file: String) throws(ExportError) -> OutputFile {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.allSatisfy(Self.isPlain), mode == .joining || ours.contains(file)
    else { throw .badName(file) }
    let path = target == "/" ? "/\(file)" : "\(target)/\(file)"
    let created: OutputFile
    if parts.count == 2 {
      _ = try place.work.folder.makeFolder(parts[0])
      let inner = try Folder(parts[0], in: place.work.folder)
      created = try OutputFile(creating: parts[1], in: inner, path: path)
    } else {
      created = try OutputFile(creating: file, in: place.work.folder, path: path)
    }
    state.withLock { $0.files.append(file) }
    return created
  }

  /// Makes a folder for the temporary files of one workbook, beside it and on the same disk.
  func makeScratch(for file: String) throws(ExportError) -> String {
    let scratch = Self.scratch(file)
    guard try place.work.folder.makeFolder(scratch) else { throw .badName(file) }
    return place.work.folder.path(of: scratch)
  }

  func removeScratch(for file: String) throws(ExportError) {
    let scratch = Self.scratch(file)
    try Folder(scratch, in: place.work.folder).removeContents(depth: 0)
    try place.work.folder.remove(scratch, isFolder: true)
  }

  private static func scratch(_ file: String) -> String {
    ".tieout-" + file.split(separator: "/").joined(separator: "-")
  }

  /// Puts the outputs in their place. Every file must be finished.
  ///
  /// The folder takes the target's name by a rename, or changes places with the old folder, which is
  /// then removed; on a file system that cannot exchange, the old one is set aside first. Whatever
  /// fails, the target is the old pack or the new one, whole.
  public func publish() throws(ExportError) {
    let files = state.withLock { state -> [String]? in
      defer { state.isDone = true }
      return state.isDone ? nil : state.files.sorted()
    }
    guard let files else { preconditionFailure("a pack is published once") }
    do throws(ExportError) {
      try place.syncWork()
      switch mode {
      case .whole: try place.replace(name, target: target, ours: ours)
      case .joining: try place.join(files)
      }
    } catch {
      place.remove()
      throw error
    }
    place.removeWork()
  }

  /// Removes what was written; the target is untouched. Nothing happens after `publish`.
  public func discard() {
    let wasDone = state.withLock { state in
      defer { state.isDone = true }
      return state.isDone
    }
    if !wasDone { place.remove() }
  }

  private static func isPlain(_ part: String) -> Bool {
    !part.isEmpty && part != "." && part != ".." && !part.hasPrefix(".tieout-")
      && part.utf8.count <= 200 && !part.utf8.contains { $0 < 0x20 || $0 == 0x7F }
  }

  private static func refuseForeign(
    _ name: String, in parent: borrowing Folder, _ ours: OwnNames, _ target: String
  ) throws(ExportError) {
    switch try parent.kind(of: name) {
    case .missing: return
    case .file, .other: throw .notAFolder(path: target)
    case .folder:
      let old = try Folder(name, in: parent)
      try WorkFolder.sweep(OwnNames.joiningLabel, in: old)
      if let foreign = try ours.firstForeign(in: old) {
        throw .foreignFile(folder: target, name: foreign)
      }
    }
  }
}
