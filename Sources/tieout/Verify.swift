import ArgumentParser
import Exporting
import Storage

/// `tieout verify`: a book proven whole.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove a book whole: its log, its closed packs, its balances.",
    discussion: """
      Example:
        tieout verify --book cedar-ridge.tieout
      walks the log entry by entry against its digests, makes every closed pack again and compares it \
      with what was closed and with the files where it was written, and works out what every customer \
      owes by a second road. It prints the head of the chain: write it down, and --head tells you \
      later whether the log still has it.
      """)

  @Option(help: "The book.")
  var book: String

  @Option(help: "The head that was printed or written down: the log must still have it.")
  var head: String?

  @Option(
    help: "A folder with a closed pack that is not where close wrote it; may be repeated.")
  var pack: [String] = []

  @Option(help: "Seconds to wait for another process that uses the book.")
  var wait = 5

  @Flag(help: "Print what is wrong only.")
  var quiet = false

  func run() throws {
    var text = ""
    var faults: [String] = []
    try StorageFailure.translating {
      try BookFile(opening: book, wait: wait).reading { reader in
        let verification = try reader.verify(head: head)
        faults = verification.faults.map { "\(book): \($0)" }
        // What is not whole is not worth reporting on.
        guard faults.isEmpty else { return }
        var last = ""
        for entry in try reader.log() {
          text += "\(entry.id)  \(entry.at)  \(entry.who)  \(entry.command)"
          // Order comes from the log's numbers; who reads the times should know (RELIABILITY E17).
          text += entry.at < last ? "  (the clock went back)\n" : "\n"
          last = max(last, entry.at)
        }
        var packs = ClosedPacks(book: book, reader: reader, folders: pack)
        text += try packs.verify()
        var balances = BalancesBySQL(book: book, reader: reader)
        text += try balances.verify()
        faults = packs.faults + balances.faults
        text += "\(count(verification.entries, "entry", "entries")), "
        text += "\(count(verification.versions, "version")): whole "
        text += "(SQLite \(verification.sqlite))\n"
        text += "head \(verification.head)\n"
      }
    }
    guard faults.isEmpty else {
      for fault in faults.prefix(100) { complain("\(fault)\n") }
      throw Failure(status: .damaged, message: "\(count(faults.count, "fault")) in \(book)")
    }
    if !quiet { try StandardStream.output.write(text) }
  }
}
