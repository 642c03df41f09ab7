import Foundation
import Importing
import Ledger
import Testing

/// A book gives the reports of the files it was fed, of any earlier state of knowledge too, and shows
/// what was done to it by other hands.
@Suite struct Books {
  let scratch: Scratch
  private let book: String
  private var source: URL { scratch.url("source") }

  init() throws {
    scratch = try Scratch()
    book = scratch.url("books/c.tieout").path
    try FileManager.default.createDirectory(
      at: scratch.url("books"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Tool.repository.appendingPathComponent("sample-data"), to: source)
  }

  private func feed(_ folder: URL? = nil, _ options: String...) throws -> Tool.Outcome {
    try Tool.run(["import", (folder ?? source).path, "--book", book] + options)
  }

  private func pack(_ from: String, _ name: String, _ options: String...) throws -> [String: Data] {
    let folder = scratch.url(name)
    let outcome = try Tool.run(
      ["month-end", from, "--as-of", "2026-10-31", "--out", folder.path, "--quiet"] + options)
    try #require(outcome.status == 0, "\(outcome.errors)")
    var files: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      files[file] = try Data(contentsOf: folder.appendingPathComponent(file))
    }
    try #require(files.count > 20)
    return files
  }

  private func edit(_ file: String, _ change: (inout [String]) -> Void) throws {
    let url = source.appendingPathComponent(file)
    var lines = try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    change(&lines)
    try Data(lines.joined(separator: "\n").utf8).write(to: url)
  }

  /// Runs SQL as another program would, past all triggers.
  private func alter(_ sql: String) throws {
    let script = """
      import sqlite3, sys
      book = sqlite3.connect(sys.argv[1])
      for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
          book.execute('DROP TRIGGER ' + name)
      assert book.execute(sys.argv[2]).rowcount > 0
      book.commit()
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, book, sql]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  private func verify() throws -> Tool.Outcome { try Tool.run(["verify", "--book", book]) }

  @Test func `the pack from a book is the pack from its files, byte for byte`() throws {
    let outcome = try feed()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("timesheets          126 new"))
    #expect(try pack(book, "a") == pack(source.path, "b"))
    let mode = try FileManager.default.attributesOfItem(atPath: book)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let whole = try verify()
    #expect(whole.status == 0 && whole.output.contains("1 entry, 708 versions: whole"))
  }

  @Test func `the same files again change nothing`() throws {
    #expect(try feed().status == 0)
    let before = try Data(contentsOf: URL(fileURLWithPath: book))
    let again = try feed()
    #expect(again.status == 0)
    #expect(again.output.hasSuffix("has all of this already: nothing was changed.\n"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: book)) == before)
  }

  @Test func `a changed cell is one new version, and what was known before is still there`() throws
  {
    #expect(try feed().status == 0)
    let old = try pack(source.path, "old")
    try edit("timesheets.csv") { $0[6] = $0[6].replacing("J-1009,,,4,", with: "J-1009,,,5,") }
    let outcome = try feed()
    #expect(outcome.output.contains("timesheets          1 changed, 125 unchanged\n"))
    #expect(outcome.output.split(separator: "\n").count == 2)
    let new = try pack(source.path, "new")
    #expect(new != old)
    #expect(try pack(book, "now") == new)
    #expect(try pack(book, "then", "--known-as-of", "1") == old)
    #expect(try pack(book, "entry 2", "--known-as-of", "2") == new)
    let whole = try verify()
    #expect(whole.output.contains("2 entries, 709 versions: whole"), "\(whole.errors)")
  }

  @Test func `what moved is told with the rows that moved it`() throws {
    #expect(try feed().status == 0)
    try edit("timesheets.csv") { $0[6] = $0[6].replacing("J-1009,,,4,", with: "J-1009,,,5,") }
    try edit("payments.csv") { lines in
      lines.insert("PMT-900,C-105,2026-10-30,payment,,check,77,,414.25", at: lines.count - 1)
    }
    #expect(try feed().status == 0)
    let asked = ["changes", "--book", book, "--as-of", "2026-10-31", "--known-as-of", "1"]
    let text = try Tool.run(asked).output
    for line in [
      "Late work\n  timesheets.csv:7 TS-3006 (J-1009): hours 4 → 5\n",
      "Late payments\n  payments.csv:43 PMT-900: new, date 2026-10-30, amount 414.25\n",
      "  C-105             net                     3,414.25 → 3,000.00  by payments PMT-900\n",
      // An hour at 38.00 and a quarter of it as burden.
      "  J-1009 C-101      cost_to_date            3,647.35 → 3,694.85  by timesheets TS-3006\n",
    ] { #expect(text.contains(line), "\(text)") }
    #expect(!text.contains("J-1010") && !text.contains("C-102"))
    let table = try CSVTable(Tool.run(asked + ["--format", "csv"]).output)
    #expect(table.keys.prefix(3) == ["report", "row", "column"])
    let net = table.rows.first { $0["report"] == "ar-rollforward" && $0["column"] == "closing" }
    #expect(net?["before"] == "3414.25" && net?["after"] == "3000")
    #expect(net?["group"] == "Late payments" && net?["rows"] == "payments PMT-900")
    // In March neither the work nor the payment had come.
    let march = try Tool.run([
      "changes", "--book", book, "--as-of", "2026-03-31", "--known-as-of", "1",
    ])
    #expect(march.output.hasSuffix("\nNo figure moved.\n"), "\(march.output)")
    let same = try Tool.run(asked.dropLast() + ["2"])
    #expect(same.status == 64)
  }

  /// A line in the middle moves all below it: no version is new, and the reports name the lines.
  @Test func `rows that only moved keep their versions`() throws {
    #expect(try feed().status == 0)
    let old = try pack(source.path, "old")
    try edit("customers.csv") { lines in lines.insert(lines.remove(at: 3), at: 9) }
    try edit("costs.csv") { lines in
      lines.insert("CST-9001,2026-10-30,J-1001,permit,City,Late permit,75.00,yes,", at: 5)
    }
    let outcome = try feed()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("costs               1 new, 64 unchanged\n"))
    #expect(outcome.output.contains("customers           21 unchanged\n"))
    #expect(try pack(book, "now") == pack(source.path, "new"))
    #expect(try pack(book, "then", "--known-as-of", "1") == old)
    #expect(try verify().status == 0)
  }

  @Test func `one month's export joins the others, and a full one ends what it lacks`() throws {
    #expect(try feed().status == 0)
    let month = scratch.url("november")
    try FileManager.default.createDirectory(at: month, withIntermediateDirectories: true)
    try Data("cost_id,date,job_id,kind,amount\nN1,2026-11-02,J-1001,permit,80\n".utf8)
      .write(to: month.appendingPathComponent("costs.csv"))
    let part = try feed(month)
    #expect(part.status == 0, "\(part.errors)")
    #expect(part.output.contains("costs               1 new, 64 no longer in the files\n"))
    let costs = try pack(book, "a")["job-cost.csv"]
    #expect(try costs == pack(source.path, "b")["job-cost.csv"], "November is not October")
    // A complete export that lacks a row: it is said, and with --full it ends.
    try edit("costs.csv") { $0.remove(at: $0.count - 2) }
    let again = try feed()
    #expect(again.output.contains("costs               63 unchanged, 2 no longer in the files\n"))
    #expect(try pack(book, "c")["job-cost.csv"] == costs)
    let full = try feed(nil, "--full")
    #expect(full.output.contains("costs               63 unchanged, 2 ended\n"), "\(full.errors)")
    #expect(try pack(book, "d") == pack(source.path, "e"))
    #expect(try pack(book, "f", "--known-as-of", "2")["job-cost.csv"] == costs)
    #expect(try verify().status == 0)
  }

  @Test func `a folder with an error leaves no book, or the one there was`() throws {
    try edit("payments.csv") { $0[2] = $0[2].replacing("C-1", with: "X-1") }
    let first = try feed()
    #expect(first.status == 1)
    #expect(first.errors.contains("payments.csv:3"))
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url("books").path)
    #expect(names == ["c.tieout.lock"])
    #expect(try feed(Tool.repository.appendingPathComponent("sample-data")).status == 0)
    let before = try Data(contentsOf: URL(fileURLWithPath: book))
    #expect(try feed().status == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: book)) == before)
  }

  /// RELIABILITY G11, E34: whatever is changed by other hands is named.
  @Test(arguments: [
    ("UPDATE invoices SET total = '1' WHERE invoice_id = 'INV-2063'", "invoices: version"),
    ("UPDATE timesheets SET note = note || 'x' WHERE line = 9", "timesheets: version"),
    ("UPDATE jobs SET line = 99 WHERE job_id = 'J-1001'", "jobs: version"),
    ("DELETE FROM payments WHERE payment_id = 'PMT-541'", "payments: entry 1 imported 41"),
    ("UPDATE customers SET ended = 2 WHERE customer_id = 'C-101'", "customers: row 1 names"),
    ("UPDATE log SET who = 'nobody'", "log: entry 1"),
    ("UPDATE log SET at = '2020-01-01T00:00:00Z'", "log: entry 1"),
    ("UPDATE seal SET chain = zeroblob(32)", "log: entry 1"),
    ("UPDATE input SET digest = 'x' WHERE file = 'jobs.csv'", "entry 1: what it imported"),
    ("UPDATE mark SET marks = zeroblob(8) WHERE tablename = 'jobs'", "jobs: entry 1 imported 1"),
    ("UPDATE source SET file = 'y.csv' WHERE file = 'costs.csv'", "entry 1: what it imported"),
    ("DELETE FROM seal", "log: entry 1 has no seal"),
  ])
  func `what other hands change is named`(sql: String, says: String) throws {
    #expect(try feed().status == 0)
    try alter(sql)
    let found = try verify()
    #expect(found.status == 65, "\(found.output)")
    #expect(found.errors.contains(says), "\(found.errors)")
  }

  @Test func `triggers hold other programs to what a book is`() throws {
    #expect(try feed().status == 0)
    for sql in [
      "UPDATE invoices SET total = '1'", "DELETE FROM invoices", "UPDATE log SET who = 'x'",
      "DELETE FROM log", "UPDATE seal SET chain = zeroblob(32)", "DELETE FROM moved",
    ] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "python3", "-c",
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2])", book, sql,
      ]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      // Nothing was ever moved: that statement has no row to refuse.
      #expect((process.terminationStatus != 0) == !sql.contains("moved"), "\(sql)")
    }
  }

  @Test(arguments: [
    "", "SQLite format 3\0", "no book at all, and long enough to have a header .......",
  ])
  func `a file that is no book is refused and not touched`(content: String) throws {
    let file = URL(fileURLWithPath: book)
    try Data(content.utf8).write(to: file)
    for arguments in [
      ["import", source.path, "--book", book], ["verify", "--book", book],
      ["month-end", book, "--as-of", "2026-10-31", "--out", scratch.url("p").path],
    ] {
      let outcome = try Tool.run(arguments)
      #expect(outcome.status == 65, "\(arguments) \(outcome.errors)")
      #expect(outcome.errors.contains("is no book of Tieout"))
    }
    #expect(try Data(contentsOf: file) == Data(content.utf8))
  }

  @Test func `a book in use is waited for, and its holder is named`() throws {
    #expect(try feed().status == 0)
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = [
      "python3", "-c",
      """
      import fcntl, os, sys, time
      f = open(sys.argv[1], 'r+'); fcntl.flock(f, fcntl.LOCK_EX)
      f.truncate(); f.write(str(os.getpid())); f.flush(); print('held', flush=True); time.sleep(60)
      """, book + ".lock",
    ]
    let pipe = Pipe()
    holder.standardOutput = pipe
    try holder.run()
    _ = pipe.fileHandleForReading.availableData
    let busy = try feed(nil, "--wait", "0")
    #expect(busy.status == 74)
    #expect(busy.errors.contains("is in use by process \(holder.processIdentifier)"))
    holder.terminate()
    holder.waitUntilExit()
    #expect(try feed(nil, "--wait", "0").status == 0)
  }

  @Test func `what a book cannot be asked is said`() throws {
    #expect(try feed().status == 0)
    for (when, says) in [
      ("9", "has 1 entries"), ("yesterday", "is no entry's number, no closed period"),
      ("2026-09", "never closed 2026-09"), ("2001-01-01", "knew nothing on 2001-01-01"),
    ] {
      let outcome = try Tool.run([
        "month-end", book, "--as-of", "2026-10-31", "--known-as-of", when, "--out",
        scratch.url("p").path,
      ])
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }
    let folder = try Tool.run([
      "check", source.path, "--known-as-of", "1",
    ])
    #expect(folder.status == 64 && folder.errors.contains("--known-as-of asks a book"))
  }

  @Test func `init writes every table with every column, and every policy with its default`() throws
  {
    let folder = scratch.url("exports")
    #expect(try Tool.run(["init", folder.path]).status == 0)
    #expect(try Tool.run(["init", folder.path]).status == 64)
    let policies = folder.appendingPathComponent("company.toml")
    let text = try String(contentsOf: policies, encoding: .utf8)
    // Every key, no longer a comment.
    func isKey(_ line: Substring, _ form: String) -> Bool {
      line.range(of: form, options: .regularExpression) != nil
    }
    let lines = text.split(separator: "\n")
      .map { isKey($0, "^# [a-z_]+ = ") ? $0.dropFirst(2) : $0 }
    #expect(lines.count { isKey($0, "^[a-z_]+ = ") } > 60)
    try Data(lines.joined(separator: "\n").utf8).write(to: policies)
    let filled = try importFolder(ImportRequest(folder: folder.path))
    #expect(filled.findings.isEmpty, "\(filled.findings)")
    try FileManager.default.removeItem(at: policies)
    var bare = try importFolder(ImportRequest(folder: folder.path)).book.company
    (bare.name, bare.accounts) = (filled.book.company.name, filled.book.company.accounts)
    #expect("\(filled.book.company)" == "\(bare)")
    // A book has a place for all of it.
    let fed = try Tool.run(["import", folder.path, "--book", book])
    #expect(fed.status == 0, "\(fed.errors)")
  }
}
