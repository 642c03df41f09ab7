/// An invoice that a line of `invoice_lines` puts an entry on, beside the one that the entry names itself.
public struct EntryBilling: Sendable {
  public var kind: EntryKind
  /// Of `timesheets`, `inventory` or `costs`, as the kind says.
  public var row: Int
  public var invoice: RowID<Invoices>

  public init(kind: EntryKind, row: Int, invoice: RowID<Invoices>) {
    self.kind = kind
    self.row = row
    self.invoice = invoice
  }
}
