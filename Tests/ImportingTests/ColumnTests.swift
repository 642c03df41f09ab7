import Importing
import Ledger
import Measures
import Testing

// Columns that are kept in fewer bytes hold what the file says, also where it does not fit.

/// Rows of a file, enough for several blocks.
private let many = 40_000

private func folder(_ table: String, _ header: String, _ row: (Int) -> String) throws -> Folder {
  let lines = (0..<many).map { row($0) + "\n" }
  return try Folder(
    smallCompany.merging([table: header + "\n" + lines.joined()]) { _, new in new })
}

private let movements =
  "movement_id,date,item_id,type,quantity,unit_cost,job_id,reverses,bill_price"

@Test(arguments: [
  // every so many movements have a price of their own: none, few, most, all
  many + 1, 97, 3, 1,
])
func `a price is where the file has one`(every: Int) throws {
  let folder = try folder("inventory.csv", movements) {
    $0 % every == every - 1
      ? "M\($0),2026-10-01,P1,issue,1,,J1,,\($0).25" : "M\($0),2026-10-01,P1,issue,1,,J1,,"
  }
  try folder.write("items.csv", Array("item_id,description\nP1,Pipe\n".utf8))
  let prices = try folder.imported().book.inventory.billPrice
  #expect(prices.count == many)
  for row in 0..<many {
    let price = row % every == every - 1 ? UnitPrice(units: Int64(row) * 1_0000 + 2500) : .none
    #expect(prices[row] == price)
  }
}

@Test(
  arguments: [
    // in one row of many
    (4_000, "7", 7_0000),
    (4_000, "214748.3647", 214_748_3647),
    (4_000, "214748.3648", 214_748_3648),
    (39_999, "9999999999.9999", 9_999_999_999_9999),
  ] as [(Int, String, Int64)])
func `a quantity is what the file says, however large`(
  place: Int, text: String, units: Int64
) throws {
  let folder = try folder("inventory.csv", movements) {
    "M\($0),2026-10-01,P1,receipt,\($0 == place ? text : "\($0 % 50)"),1,,,"
  }
  try folder.write("items.csv", Array("item_id,description\nP1,Pipe\n".utf8))
  let quantity = try folder.imported().book.inventory.quantity
  #expect(quantity.count == many)
  for row in 0..<many {
    #expect(quantity[row].units == (row == place ? units : Int64(row % 50) * 1_0000))
  }
}

@Test func `hours keep four decimals`() throws {
  let folder = try folder("timesheets.csv", "timesheet_id,date,technician_id,job_id,hours") {
    "T\($0),2026-10-01,X\($0),J1,\($0 == 777 ? "0.3333" : "7.25")"
  }
  let technicians = (0..<many).map { "X\($0),Ann,tech,30\n" }.joined()
  try folder.write(
    "technicians.csv", Array(("technician_id,name,role,cost_rate\n" + technicians).utf8))
  let lines = try folder.imported().book.timesheets
  for row in 0..<many {
    #expect(lines.hours[row].units == (row == 777 ? 3333 : 7_2500))
    #expect(lines.technician[row] == RowID(row))
  }
}

@Test func `a return names its issue, and an issue names nothing`() throws {
  let folder = try folder("inventory.csv", movements) {
    $0 % 20 == 19
      ? "M\($0),2026-10-02,P1,return,1,,J1,M\($0 - 7)," : "M\($0),2026-10-01,P1,issue,2,,J1,,"
  }
  try folder.write("items.csv", Array("item_id,description\nP1,Pipe\n".utf8))
  let reverses = try folder.imported().book.inventory.reverses
  for row in 0..<many {
    #expect(reverses[row] == (row % 20 == 19 ? RowID(row - 7) : .none))
  }
}

@Test func `an amount too large for four bytes makes its column wide and no other`() {
  var amounts = MoneyColumn()
  for cents: Int64 in [1, -2_147_483_647, .min] { amounts.append(Money(cents: cents)) }
  #expect(amounts.map(\.cents) == [1, -2_147_483_647, .min])
  amounts[0] = Money(cents: 9_999_999_999_99)
  amounts.append(Money(cents: 2_147_483_648))
  #expect(amounts.map(\.cents) == [9_999_999_999_99, -2_147_483_647, .min, 2_147_483_648])
  var narrow = MoneyColumn(repeating: .zero, count: 2)
  narrow.append(contentsOf: amounts)
  #expect(narrow.map(\.cents).prefix(3) == [0, 0, 9_999_999_999_99])
  #expect(narrow.count == 6)
}

@Test func `columns of two sources stand one behind the other`() {
  var prices = BlankColumn<UnitPrice>(blank: .none, count: 70)
  prices.append(UnitPrice(units: 5))
  var more = BlankColumn(full: [UnitPrice(units: 6), .none], blank: .none)
  more.append(UnitPrice(units: 7))
  more.append(contentsOf: prices)
  prices.append(contentsOf: more)
  #expect(prices.count == 71 + 74)
  let given = (0..<prices.count).filter { !prices[$0].isNone }
  #expect(given == [70, 71, 73, 144])
  #expect(given.map { prices[$0].units } == [5, 6, 7, 5])

  var few = FewRows<Jobs, UInt8>(repeating: .none, count: 1)
  few.append(.missing)
  few.append(RowID(253))
  var wide = few
  wide.append(RowID(254))
  few.append(contentsOf: wide)
  #expect((0..<7).map { few[$0].number } == [-1, -2, 253, -1, -2, 253, 254])
}
