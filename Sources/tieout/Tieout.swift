import ArgumentParser
import Exporting
import Foundation
import Reporting

/// `tieout`, the root of the commands.
struct Tieout: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tieout",
    abstract: "Month-end accounts receivable and work in progress for contractors.",
    discussion: """
      A folder of CSV exports becomes the pack for the owner, the bank and the auditor: aging, \
      contract status, unbilled work, as CSV files and one workbook. Every total is reached by two \
      roads; a pack that does not tie out is not written.

        tieout month-end sample-data --as-of 2026-10-31
      """,
    version: version,
    subcommands: [
      MonthEnd.self, Bill.self, Report.self, JournalCommand.self, Explain.self, Check.self,
      Init.self, ImportCommand.self, Issue.self, VoidCommand.self, ApplyCommand.self, Release.self,
      Deposit.self, Close.self,
      Reopen.self,
      Changes.self, Verify.self,
    ])

  static let version = "0.1.0"
}

/// Why a command ends otherwise than well; the text was not printed yet.
struct Failure: Error {
  /// The statuses of DESIGN §1.
  enum Status: Int32 {
    /// Errors were found, or a tie-out failed.
    case findings = 1
    /// A wrong command line.
    case usage = 64
    /// A book that is not what was stored.
    case damaged = 65
    /// Our own fault.
    case software = 70
    /// Disk, rights, busy.
    case surroundings = 74
  }
  var status: Status
  var message: String
}

/// Runs the command line and ends the process. Help and errors go through the checked output too.
nonisolated func runTieout() -> Never {
  ProcessSetup.prepare()
  exit(run())
}

private func run() -> Int32 {
  var status: Int32 = 0
  do {
    var command = try Tieout.parseAsRoot()
    try command.run()
  } catch let failure as Failure {
    status = failure.status.rawValue
    if !failure.message.isEmpty { complain("error: \(failure.message)\n") }
  } catch let error as FailedTieOuts {
    status = Failure.Status.findings.rawValue
    complain("\(error)\n")
  } catch let error as ExportError {
    if case .readerWentAway = error { return 141 }
    let isOurs = if case .wrongFigure = error { true } else { false }
    status = (isOurs ? Failure.Status.software : .surroundings).rawValue
    complain("error: \(error)\n")
  } catch {
    let text = Tieout.fullMessage(for: error)
    let code = Tieout.exitCode(for: error).rawValue
    guard code == 0 else {
      complain(text + "\n")
      return code == 64 ? 64 : 70
    }
    do {
      try StandardStream.output.write(text + "\n")
    } catch {
      complain("error: \(error)\n")
      return Failure.Status.surroundings.rawValue
    }
  }
  do {
    try StandardStream.output.finish()
  } catch {
    if case .readerWentAway = error { return 141 }
    complain("error: \(error)\n")
    return status == 0 ? Failure.Status.surroundings.rawValue : status
  }
  return status
}

/// Writes to standard error; where that fails too, the exit status still tells (RELIABILITY E11).
func complain(_ text: String) {
  try? StandardStream.error.write(text)
}
