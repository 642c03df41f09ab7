import Importing
import Ledger
import Measures

/// A book with one customer `C`, one job `J` and one technician `T`.
func smallBook() -> Book {
  var book = Book()
  book.addCustomer("C")
  book.addJob("J")
  book.addTechnician("T")
  return book
}

/// What the checks find, a line each: `invoices.csv:2 total broken_identity`.
func found(
  _ book: Book, suspects: Suspects = Suspects(), asOf: String = "", _ severity: Severity? = nil
) -> [String] {
  runChecks(book, suspects: suspects, asOf: Day(asOf))
    .filter { severity == nil || $0.severity == severity }
    .map { "\($0.place.file):\($0.place.line) \($0.place.column) \($0.code)" }
}

/// The findings with one code.
func found(_ book: Book, only code: String) -> [Finding] {
  runChecks(book, suspects: Suspects(), asOf: nil).filter { $0.code == code }
}
