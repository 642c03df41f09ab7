import Foundation
import Importing
import Ledger
import Measures

/// A folder of files that a test writes, removed with it.
final class Folder {
  let path: String

  init(_ files: [String: String]) throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "tieout-test-\(UUID().uuidString)"
      ).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func imported(_ change: (inout ImportRequest) throws -> Void = { _ in }) throws -> ImportResult {
    var request = ImportRequest(folder: path)
    try change(&request)
    return try importFolder(request)
  }
}

extension Finding {
  /// `timesheets.csv:3:12 hours_code`: what a test compares.
  var brief: String {
    let line = fieldLine > 0 ? fieldLine : place.line
    return "\(place.file):\(line):\(column) \(code)"
  }
}

extension ImportResult {
  var errors: [String] { findings.filter { $0.severity == .error }.map(\.brief) }
  var warnings: [String] { findings.filter { $0.severity == .warning }.map(\.brief) }
}

/// A small company without a fault, to which a test adds what it is about.
let smallCompany = [
  "customers.csv": """
  customer_id,name
  C1,Lakeside Clinic
  C2,"Peña & Sons, LLC"

  """,
  "jobs.csv": """
  job_id,customer_id,name,billing_method
  J1,C1,Rooftop unit,time_and_materials
  J2,C2,Rewiring,fixed_price

  """,
  "technicians.csv": """
  technician_id,name,role,cost_rate
  T1,R. Ortiz,Technician,40

  """,
  "rates.csv": """
  rate_card,role,pay_type,effective_from,bill_rate
  standard,Technician,REG,2026-01-01,100

  """,
]
