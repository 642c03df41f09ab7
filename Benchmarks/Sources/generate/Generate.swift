import Glibc

let help = """
  Writes a contractor's CSV files, of any size, for benchmarks and trials.

  usage: generate OUT [--scale N] [--seed S]

    OUT         the folder to write into; made when it is not there, files of the same
                name are replaced
    --scale N   timesheet lines, 1000 or more (default 1000000); every other table follows:
                N/2 movements, N/10 invoices, about 0.085 N payments and applications,
                N/50 jobs, N/100 costs, N/500 customers, N/5000 technicians (20 or more)
    --seed S    0 or more (default 1); the same scale and seed give the same bytes

  example: swift run -c release --package-path Benchmarks generate bench --scale 100000

  """

struct Options {
  var folder = ""
  var scale = 1_000_000
  var seed: UInt64 = 1
  var help = false

  /// - Throws: a sentence for the person at the terminal.
  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--help", "-h": help = true
      case "--scale":
        guard let n = rest.popFirst().flatMap({ Int($0) }), (1000...1_000_000_000).contains(n)
        else { throw UsageError("--scale takes a whole number from 1000 to 1000000000") }
        scale = n
      case "--seed":
        guard let n = rest.popFirst().flatMap({ UInt64($0) })
        else { throw UsageError("--seed takes a whole number, 0 or more") }
        seed = n
      case _ where argument.hasPrefix("-"): throw UsageError("\(argument) is not an option")
      case _ where folder.isEmpty: folder = argument
      default: throw UsageError("\(argument): one folder is enough")
      }
    }
    if folder.isEmpty, !help { throw UsageError("say which folder to write into") }
  }
}

struct UsageError: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

@main
struct Generate {
  static func main() {
    do throws(UsageError) {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      if options.help { return print(help, terminator: "") }
      do {
        try run(options)
      } catch {
        fail("\(error)", status: 74)
      }
    } catch {
      fail("generate: \(error.message)\n\n\(help)", status: 64)
    }
  }

  static func run(_ options: Options) throws {
    if mkdir(options.folder, 0o755) != 0, errno != EEXIST {
      throw WriteError(path: options.folder, code: errno)
    }
    var company = Company(scale: options.scale, seed: options.seed)
    let folder = options.folder
    var report = Report()

    // The facts first: they leave in the company what its invoices and contracts come to.
    var file = try CSVFile(
      "timesheets.csv", in: folder,
      header: "timesheet_id,date,technician_id,job_id,pay_type,hours,billable,approved,invoice_id,"
        + "approved_date,note")
    company.writeTimesheets(&file)
    report.add(try file.close())
    file = try CSVFile(
      "inventory.csv", in: folder,
      header: "movement_id,date,item_id,type,quantity,unit_cost,job_id,reverses,billable,"
        + "bill_price,invoice_id")
    company.writeMovements(&file)
    report.add(try file.close())
    file = try CSVFile(
      "costs.csv", in: folder,
      header: "cost_id,date,job_id,kind,vendor,description,amount,billable,invoice_id")
    company.writeCosts(&file)
    report.add(try file.close())
    company.settleInvoices()

    file = try CSVFile(
      "invoices.csv", in: folder,
      header: "invoice_id,customer_id,job_id,type,date,due_date,terms,subtotal,tax,deposit,"
        + "retainage,write_off,total,status,void_date,disputed,disputed_from,credits_invoice_id,"
        + "reference")
    company.writeInvoices(&file)
    report.add(try file.close())
    file = try CSVFile(
      "payments.csv", in: folder,
      header: "payment_id,customer_id,date,type,method,reference,reverses,amount")
    var applications = try CSVFile(
      "applications.csv", in: folder,
      header: "application_id,date,source_type,source_id,invoice_id,amount,discount_taken")
    company.writePayments(&file, &applications)
    report.add(try file.close())
    report.add(try applications.close())
    try writeMasters(of: company, in: folder, &report)
    try writePolicies(in: folder, &report)
    report.print()
  }

  static func writeMasters(of company: Company, in folder: String, _ report: inout Report) throws {
    var file = try CSVFile(
      "customers.csv", in: folder,
      header: "customer_id,name,parent_id,terms,tax_code,tax_exempt,rate_card,credit_limit,on_hold,"
        + "region,email,phone,address_1,city,postal_code,country")
    company.writeCustomers(&file)
    report.add(try file.close())
    file = try CSVFile(
      "jobs.csv", in: folder,
      header: "job_id,customer_id,name,billing_method,contract_amount,estimated_cost,not_to_exceed,"
        + "fee_pct,deposit_pct,retainage_pct,status,contract_date,start_date,end_date,"
        + "completion_date,closed_date,hold_from,cancelled_date,signature_on_file,photos_on_file,"
        + "tax_code,rate_card,region,branch,manager,po_number")
    company.writeJobs(&file)
    report.add(try file.close())
    file = try CSVFile(
      "change_orders.csv", in: folder,
      header: "change_order_id,date,approved_date,job_id,description,amount,estimated_cost,status")
    company.writeChangeOrders(&file)
    report.add(try file.close())
    file = try CSVFile("estimates.csv", in: folder, header: "job_id,date,estimated_cost")
    company.writeEstimates(&file)
    report.add(try file.close())
    file = try CSVFile(
      "technicians.csv", in: folder,
      header: "technician_id,name,role,cost_rate,burden_pct,effective_from")
    company.writeTechnicians(&file)
    report.add(try file.close())
    file = try CSVFile(
      "rates.csv", in: folder, header: "rate_card,role,pay_type,effective_from,bill_rate")
    company.writeRates(&file)
    report.add(try file.close())
    file = try CSVFile(
      "items.csv", in: folder,
      header: "item_id,description,category,unit,list_price,standard_cost,taxable")
    company.writeItems(&file)
    report.add(try file.close())
    file = try CSVFile(
      "markups.csv", in: folder, header: "markup_schedule,category,cost_over,markup_pct")
    company.writeMarkups(&file)
    report.add(try file.close())
    file = try CSVFile("tax_codes.csv", in: folder, header: "tax_code,component,rate_pct")
    company.writeTaxCodes(&file)
    report.add(try file.close())
  }

  static func writePolicies(in folder: String, _ report: inout Report) throws {
    let file = try CSVFile(
      "company.toml", in: folder,
      header: """
        name = "Benchmark Mechanical"
        currency = "USD"
        rate_card = "standard"
        markup_schedule = "standard"
        """)
    report.add(try file.close())
  }

  static func fail(_ message: String, status: Int32) -> Never {
    let line = Array((message + "\n").utf8)
    _ = write(2, line, line.count)
    exit(status)
  }
}

/// Rows and bytes of every file, for the terminal.
struct Report {
  private var lines: [(name: String, rows: Int, bytes: Int)] = []

  mutating func add(_ line: (name: String, rows: Int, bytes: Int)) { lines.append(line) }

  func print() {
    let rows = lines.reduce(0) { $0 + $1.rows }
    let bytes = lines.reduce(0) { $0 + $1.bytes }
    for line in [("file", "rows", "bytes")] + lines.map({ ($0.name, "\($0.rows)", "\($0.bytes)") })
      + [("all", "\(rows)", "\(bytes)")]
    {
      Swift.print(padded(line.0, 20, left: true) + padded(line.1, 12) + padded(line.2, 14))
    }
  }

  private func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.utf8.count))
    return left ? text + blanks : blanks + text
  }
}
