import ArgumentParser
import Exporting
import Storage

/// `tieout verify`: a book proven whole.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove a book whole: every entry of its log against its digest, link by link.",
    discussion: """
      Example:
        tieout verify --book cedar-ridge.tieout
      lists the entries and prints the head of the chain; write it down, and nobody can cut the \
      log's end without you seeing it.
      """)

  @Option(help: "The book.")
  var book: String

  @Option(help: "Seconds to wait for another process that uses the book.")
  var wait = 5

  @Flag(help: "Print what is wrong only.")
  var quiet = false

  func run() throws {
    let (verification, log) = try StorageFailure.translating {
      let file = try BookFile(opening: book, wait: wait)
      return (try file.verify(), try file.log())
    }
    guard verification.faults.isEmpty else {
      for fault in verification.faults.prefix(100) { complain("\(book): \(fault)\n") }
      throw Failure(
        status: .damaged, message: "\(count(verification.faults.count, "fault")) in \(book)")
    }
    guard !quiet else { return }
    var text = ""
    for entry in log { text += "\(entry.id)  \(entry.at)  \(entry.who)  \(entry.command)\n" }
    text += "\(count(verification.entries, "entry", "entries")), "
    text += "\(count(verification.versions, "version")): whole (SQLite \(verification.sqlite))\n"
    try StandardStream.output.write(text + "head \(verification.head)\n")
  }
}
