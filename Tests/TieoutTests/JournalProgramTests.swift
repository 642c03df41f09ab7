import Foundation
import Testing

/// Programs for books of account read our journals, and refuse them where a cent is wrong (RELIABILITY
/// D23, G8).
@Suite struct JournalPrograms {
  private static let beanCheck = Tool.repository.appendingPathComponent(
    ".build/beancount/bin/bean-check"
  ).path

  /// Runs a program and returns its exit status and what it said.
  private func run(_ command: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["LC_ALL=C.UTF-8"] + command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private func hledger(_ file: URL) -> [String] {
    ["hledger", "check", "--strict", "-f", file.path]
  }

  /// The sample's thirteen months to October in one file; its input begins in February.
  private func sample(
    _ format: String, _ scratch: Scratch, from source: URL? = nil,
    period: [String] = ["--from", "2025-10-01", "--to", "2026-10-31"]
  ) throws -> URL {
    let file = scratch.url("year.\(format)")
    let sample = source ?? Tool.repository.appendingPathComponent("sample-data")
    let outcome = try Tool.run(
      ["journal", sample.path, "--format", format, "--out", file.path] + period)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return file
  }

  /// Changes the cents of the amount in one line of a file.
  private func tamper(_ file: URL, _ isLine: (Substring) -> Bool) throws {
    var lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let place = try #require(lines.lastIndex { isLine($0[...]) })
    let digit = try #require(
      lines[place].range(of: "[0-9](?= (~ 0.00 )?USD$)", options: .regularExpression))
    lines[place].replaceSubrange(digit, with: lines[place][digit] == "0" ? "1" : "0")
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
  }

  @Test func `hledger accepts thirteen months and refuses a cent`() throws {
    let scratch = try Scratch()
    for period in [["--from", "2025-10-01", "--to", "2026-10-31"], ["--period", "2026-10"]] {
      let file = try sample("hledger", scratch, period: period)
      let (status, text) = try run(hledger(file))
      #expect(status == 0, "\(text)")
      try tamper(file) { $0.hasPrefix("    ") && !$0.contains(" = ") }
      #expect(try run(hledger(file)).status != 0, "a posting")
      let again = try sample("hledger", scratch, period: period)
      try tamper(again) { $0.contains("Accounts receivable") && $0.contains(" = ") }
      #expect(try run(hledger(again)).status != 0, "a balance")
    }
  }

  @Test func `beancount accepts thirteen months and refuses a cent`() throws {
    let scratch = try Scratch()
    for period in [["--from", "2025-10-01", "--to", "2026-10-31"], ["--period", "2026-10"]] {
      let file = try sample("beancount", scratch, period: period)
      let (status, text) = try run([Self.beanCheck, file.path])
      #expect(status == 0, "\(text)")
      try tamper(file) { $0.hasPrefix("  Assets") }
      #expect(try run([Self.beanCheck, file.path]).status != 0, "a posting")
      let again = try sample("beancount", scratch, period: period)
      try tamper(again) { $0.contains(" balance ") && $0.contains("Accounts-receivable") }
      #expect(try run([Self.beanCheck, again.path]).status != 0, "a balance")
    }
  }

  /// Balances at the end of each month by hledger, in cents; of months before the first entry none.
  private func monthEnds(_ account: String, in file: URL) throws -> [String: Int] {
    let (status, text) = try run([
      "hledger", "balance", "-f", file.path, "--monthly", "--historical", "--no-total", "-O", "csv",
      account,
    ])
    try #require(status == 0, "\(text)")
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",").map { $0.filter { $0 != "\"" } }
    }
    try #require(lines.count == 2, "\(text)")
    var balances: [String: Int] = [:]
    for (month, amount) in zip(lines[0], lines[1]).dropFirst() {
      let cents = amount.filter { "-0123456789".contains($0) }
      let balance: Int = try #require(Int(cents), "\(amount)")
      balances[month] = balance
    }
    return balances
  }

  @Test func `hledger comes to the balances of our reports at every month's end`() throws {
    let scratch = try Scratch()
    let file = try sample("hledger", scratch)
    let receivable = try monthEnds("1200 Accounts receivable", in: file)
    let retainage = try monthEnds("1210 Retainage receivable", in: file)
    let deposits = try monthEnds("2300 Customer deposits", in: file)
    #expect(receivable.count >= 9)
    let days = [
      "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31",
      "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30",
      "2026-10-31",
    ]
    for day in days {
      let outcome = try Tool.run([
        "report", "ar-rollforward", "retainage-rollforward", "deposit-rollforward", "deposits",
        "sample-data", "--as-of", day, "--out", scratch.url(day).path, "--quiet",
      ])
      try #require(outcome.status == 0, "\(outcome.errors)")
      func total(_ report: String, _ key: String) throws -> Int {
        let text = try String(contentsOf: scratch.url("\(day)/\(report).csv"), encoding: .utf8)
        return try CSVTable(text).rows.reduce(0) { sum, row in
          sum + (try #require(Int((row[key] ?? "").replacing(".", with: ""))))
        }
      }
      let month = String(day.prefix(7))
      #expect(try receivable[month] ?? 0 == total("ar-rollforward", "closing"), "\(day)")
      #expect(try retainage[month] ?? 0 == total("retainage-rollforward", "closing"), "\(day)")
      // What requests still ask for is a liability that nothing is held for.
      #expect(
        try -(deposits[month] ?? 0) == total("deposit-rollforward", "closing")
          + total("deposits", "open_request"), "\(day)")
    }
  }

  @Test func `odd names of accounts and customers reach every program`() throws {
    let scratch = try Scratch()
    let source = try scratch.copyOfSample()
    let company = source.appendingPathComponent("company.toml")
    var text = try String(contentsOf: company, encoding: .utf8)
    for (from, to) in [
      ("1010 Cash", "  *Cash;  (bank)  \\\"A\\\""), ("1300 Inventory", "élan: 'stock' | [x]"),
      ("4000 Contract revenue", "Sales"), ("4090 Revenue, over- and underbilling", "Sales"),
      ("2200 Sales tax payable", "Tax/A"), ("2210 Sales tax on retainage", "Tax A"),
      ("5000 Job cost", "日本 cost"), ("4900 Discounts taken", ";;"),
    ] {
      #expect(text.contains(from))
      text = text.replacing("\"\(from)\"", with: "\"\(to)\"")
    }
    try Data(text.utf8).write(to: company)
    let customers = source.appendingPathComponent("customers.csv")
    let names = try String(contentsOf: customers, encoding: .utf8)
    try Data(
      names.replacing("Summit Property Group,", with: "\"Summit \"\"A\"\"; (x) | y \\ z\",").utf8
    ).write(to: customers)
    let hledgerFile = try sample("hledger", scratch, from: source)
    let first = try run(hledger(hledgerFile))
    #expect(first.status == 0, "\(first.text)")
    let second = try run([Self.beanCheck, try sample("beancount", scratch, from: source).path])
    #expect(second.status == 0, "\(second.text)")
    let beancount = try String(contentsOf: scratch.url("year.beancount"), encoding: .utf8)
    #expect(beancount.contains("Liabilities:Tax-A-2"))
    #expect(beancount.contains("Assets:Élan-stock-x"))
  }

  @Test func `QuickBooks gets transactions that balance, in tabs and plain lines`() throws {
    let scratch = try Scratch()
    let file = try sample("iif", scratch, period: ["--period", "2026-10"])
    // Windows-1252: every byte is a character.
    let text = try #require(String(data: Data(contentsOf: file), encoding: .windowsCP1252))
    let lines = text.components(separatedBy: "\r\n").dropLast()
    #expect(lines.first?.hasPrefix("!TRNS\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT") == true)
    var (open, sum, count) = (false, 0, 0)
    for line in lines.dropFirst(3) {
      let fields = line.components(separatedBy: "\t")
      if fields == ["ENDTRNS"] {
        #expect(open && sum == 0)
        (open, sum, count) = (false, 0, count + 1)
        continue
      }
      #expect(fields[0] == (open ? "SPL" : "TRNS") && fields.count == 8, "\(line)")
      #expect(fields[1] == "GENERAL JOURNAL" && fields[2].hasSuffix("/2026"))
      if fields[3] == "1200 Accounts receivable" { #expect(!fields[4].isEmpty) }
      sum += try #require(Int(fields[5].replacing(".", with: "")))
      #expect(!line.contains("\"") && !line.contains("\n"))
      open = true
    }
    #expect(!open && count > 50)
    #expect(text.contains("Peña & Sons, LLC"))
  }

  /// The sample's ledger lacks WO-016, 150.00 of retainage written off.
  @Test func `balances of the ledger are findings, never a refusal`() throws {
    let scratch = try Scratch()
    let source = try scratch.copyOfSample()
    try Data(
      """
      date,account,balance
      2026-09-30,2300 Customer deposits,10955.00
      2026-10-31,2300 Customer deposits,-15955.00
      2026-10-31,1210 Retainage receivable,37851.00
      2026-10-31,1300 Inventory,11660.15
      2026-10-31,9999 Nobody's,1.00
      2026-08-31,1210 Retainage receivable,1.00

      """.utf8
    ).write(to: source.appendingPathComponent("gl_balances.csv"))
    let outcome = try Tool.run(["journal", source.path, "--period", "2026-10"])
    #expect(outcome.status == 0)
    let said = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("gl_balances.csv") }
    #expect(said.count == 5, "\(outcome.errors)")
    for line in ["2: note", "3: note", "4: warning", "5: note", "6: note"] {
      #expect(said.contains { $0.contains("gl_balances.csv:\(line)") }, "\(said)")
    }
    #expect(outcome.errors.contains("37,701.00, a difference of 150.00"))
  }

  @Test func `a period and a file are asked for in a way that can be answered`() throws {
    let sample = Tool.repository.appendingPathComponent("sample-data").path
    for arguments in [
      ["journal", sample], ["journal", sample, "--period", "2026-13"],
      ["journal", sample, "--period", "2026-10", "--format", "qif"],
      ["journal", sample, "--period", "2026-10", "--out", "folder/"],
    ] {
      #expect(try Tool.run(arguments).status == 64, "\(arguments)")
    }
  }
}
