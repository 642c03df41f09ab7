import Ledger

/// The invoice lines of each document, in the order of the file.
struct LinesByDocument {
  private var starts: [Int32] = []
  private var lines: [Int32] = []

  /// - Parameter isWanted: whether a line counts; the others are left out.
  init(_ book: Book, where isWanted: (_ line: Int) -> Bool = { _ in true }) {
    let invoice = book.invoiceLines.invoice
    guard !invoice.isEmpty else { return }
    var counts = [Int32](repeating: 0, count: book.invoices.count + 1)
    for line in invoice.indices where invoice[line].exists && isWanted(line) {
      counts[invoice[line].row + 1] += 1
    }
    for row in book.invoices.rows { counts[row + 1] += counts[row] }
    starts = counts
    lines = Array(repeating: 0, count: Int(counts[book.invoices.count]))
    for line in invoice.indices where invoice[line].exists && isWanted(line) {
      lines[Int(counts[invoice[line].row])] = Int32(line)
      counts[invoice[line].row] += 1
    }
  }

  /// Rows of `invoice_lines`.
  func of(_ document: Int) -> some Collection<Int> {
    let range = starts.isEmpty ? 0..<0 : Int(starts[document])..<Int(starts[document + 1])
    return lines[range].lazy.map(Int.init)
  }
}
