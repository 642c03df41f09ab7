import Exporting
import Foundation
import Testing

struct PackTests {
  static let ours: Set<String> = ["ar-aging.csv", "wip.csv", "month-end.xlsx", "rejects/"]

  /// Writes a pack of these files, each with its own name as text, a word in front.
  func write(_ files: [String], _ word: String = "", in scratch: Scratch) throws {
    let pack = try Pack(replacing: "\(scratch.path)/oct", ours: Self.ours)
    try fill(pack, files, word)
    try pack.publish()
  }

  func fill(_ pack: Pack, _ files: [String], _ word: String = "") throws {
    for name in files {
      var file = try pack.create(name)
      try file.write(Array("\(word)\(name)".utf8))
      try file.finish()
    }
  }

  @Test func `a pack appears whole and only its owner reads it`() throws {
    let scratch = try Scratch()
    let pack = try Pack(replacing: "\(scratch.path)/deep/er/oct/", ours: Self.ours)
    try fill(pack, ["ar-aging.csv", "rejects/invoices.csv"])
    #expect(try !scratch.names("deep/er").contains("oct"))
    try pack.publish()
    #expect(try scratch.names("deep/er") == ["oct"])
    #expect(try scratch.text("deep/er/oct/rejects/invoices.csv") == "rejects/invoices.csv")
    #expect(try scratch.mode("deep/er/oct/ar-aging.csv") == 0o600)
    for folder in ["deep", "deep/er/oct", "deep/er/oct/rejects"] {
      #expect(try scratch.mode(folder) == 0o700)
    }
  }

  @Test func `a new pack replaces the old one as a whole`() throws {
    let scratch = try Scratch()
    try write(["ar-aging.csv", "wip.csv", "rejects/jobs.csv"], "old ", in: scratch)
    try write(["ar-aging.csv", "month-end.xlsx"], "new ", in: scratch)
    #expect(try scratch.names() == ["oct"])
    #expect(try scratch.names("oct") == ["ar-aging.csv", "month-end.xlsx"])
    #expect(try scratch.text("oct/ar-aging.csv") == "new ar-aging.csv")
  }

  @Test func `an empty folder and a fresh clone are replaced too`() throws {
    let scratch = try Scratch()
    try scratch.put("", in: "oct/wip.csv")  // as git would have made it, with no trace of a run
    try write(["ar-aging.csv"], in: scratch)
    #expect(try scratch.names("oct") == ["ar-aging.csv"])
    try FileManager.default.removeItem(atPath: "\(scratch.path)/oct/ar-aging.csv")
    try write(["wip.csv"], in: scratch)
    #expect(try scratch.names("oct") == ["wip.csv"])
  }

  @Test(
    arguments: ["taxes.xlsx", ".hidden", "notes/wip.csv", "rejects/letter.docx", "rejects/a/b.csv"])
  func `a folder with a file of someone else is refused and untouched`(foreign: String) throws {
    let scratch = try Scratch()
    try write(["ar-aging.csv"], "old ", in: scratch)
    try scratch.put("mine", in: "oct/\(foreign)")
    let error = #expect(throws: ExportError.self) {
      try write(["ar-aging.csv"], "new ", in: scratch)
    }
    guard case .foreignFile(_, let name)? = error else {
      Issue.record("refused for another reason: \(String(describing: error))")
      return
    }
    #expect(foreign.hasPrefix(name))
    #expect(try scratch.names() == ["oct"])
    #expect(try scratch.text("oct/\(foreign)") == "mine")
    #expect(try scratch.text("oct/ar-aging.csv") == "old ar-aging.csv")
  }

  @Test func `a file that comes while we work is kept`() throws {
    let scratch = try Scratch()
    try write(["ar-aging.csv"], "old ", in: scratch)
    let pack = try Pack(replacing: "\(scratch.path)/oct", ours: Self.ours)
    try fill(pack, ["ar-aging.csv"], "new ")
    try scratch.put("mine", in: "oct/notes.txt")
    #expect(throws: ExportError.foreignFile(folder: "\(scratch.path)/oct", name: "notes.txt")) {
      try pack.publish()
    }
    #expect(try scratch.names() == ["oct"])
    #expect(try scratch.names("oct") == ["ar-aging.csv", "notes.txt"])
    #expect(try scratch.text("oct/ar-aging.csv") == "old ar-aging.csv")
  }

  @Test func `a file or a link in the place of the folder is refused`() throws {
    let scratch = try Scratch()
    try scratch.put("a file", in: "oct")
    #expect(throws: ExportError.notAFolder(path: "\(scratch.path)/oct")) {
      try write(["ar-aging.csv"], in: scratch)
    }
    #expect(try scratch.text("oct") == "a file")
    try FileManager.default.removeItem(atPath: "\(scratch.path)/oct")
    try scratch.put("", in: "elsewhere/wip.csv")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/oct", withDestinationPath: "elsewhere")
    #expect(throws: ExportError.notAFolder(path: "\(scratch.path)/oct")) {
      try write(["ar-aging.csv"], in: scratch)
    }
    #expect(try scratch.names() == ["elsewhere", "oct"])
    #expect(try scratch.names("elsewhere") == ["wip.csv"])
  }

  @Test(arguments: ["", ".", "..", "/", "a/.."])
  func `a folder that someone stands in is no output`(name: String) {
    #expect(throws: ExportError.badName(name)) { try Pack(replacing: name, ours: Self.ours) }
  }

  @Test(arguments: ["../ar-aging.csv", "/etc/x", "a/b/c.csv", "", "unknown.csv", "rejects/x.txt"])
  func `no file leaves the pack`(name: String) throws {
    let scratch = try Scratch()
    let pack = try Pack(replacing: "\(scratch.path)/oct", ours: Self.ours)
    #expect(throws: ExportError.badName(name)) { try fill(pack, [name]) }
  }

  @Test func `two outputs never share a name`() throws {
    let scratch = try Scratch()
    let pack = try Pack(replacing: "\(scratch.path)/oct", ours: Self.ours)
    #expect(throws: ExportError.self) { try fill(pack, ["wip.csv", "wip.csv"]) }
  }

  @Test func `after an error nothing is left and the old pack stays`() throws {
    let scratch = try Scratch()
    try write(["ar-aging.csv"], "old ", in: scratch)
    #expect(throws: ExportError.self) { try write(["wip.csv", "wip.csv"], in: scratch) }
    #expect(try scratch.names() == ["oct"])
    #expect(try scratch.text("oct/ar-aging.csv") == "old ar-aging.csv")
    #expect(throws: ExportError.self) {
      let pack = try Pack(replacing: "\(scratch.path)/new/er/oct", ours: Self.ours)
      try fill(pack, ["wip.csv", "wip.csv"])
    }
    #expect(try scratch.names() == ["oct"])  // the folders that were made are gone too
  }

  @Test func `what a dead run left is swept and a live run is not`() throws {
    let scratch = try Scratch()
    try scratch.put("half a re", in: ".tieout-oct-a1b2c3/ar-aging.csv")
    try scratch.put("", in: ".tieout-november-a1b2c3/ar-aging.csv")
    try scratch.put("", in: ".tieout-oct-plan/ar-aging.csv")
    let live = try Pack(replacing: "\(scratch.path)/oct", ours: Self.ours)
    try fill(live, ["ar-aging.csv"], "live ")
    #expect(try !scratch.names().contains(".tieout-oct-a1b2c3"))
    try write(["wip.csv"], in: scratch)
    #expect(try scratch.names("oct") == ["wip.csv"])
    try live.publish()
    #expect(try scratch.text("oct/ar-aging.csv") == "live ar-aging.csv")
    #expect(try scratch.names() == [".tieout-november-a1b2c3", ".tieout-oct-plan", "oct"])
  }

  @Test func `files that join a folder leave the others alone`() throws {
    let scratch = try Scratch()
    try scratch.put("mine", in: "desk/notes.txt")
    try scratch.put("old", in: "desk/wip.csv")
    try scratch.put("secret", in: "target.csv")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/desk/ar-aging.csv", withDestinationPath: "../target.csv")
    let pack = try Pack(joining: "\(scratch.path)/desk")
    try fill(pack, ["wip.csv", "ar-aging.csv"], "new ")
    #expect(try scratch.text("desk/wip.csv") == "old")
    try pack.publish()
    #expect(try scratch.names("desk") == ["ar-aging.csv", "notes.txt", "wip.csv"])
    #expect(try scratch.text("desk/wip.csv") == "new wip.csv")
    #expect(try scratch.text("target.csv") == "secret")  // the link was replaced, not followed
  }
}
