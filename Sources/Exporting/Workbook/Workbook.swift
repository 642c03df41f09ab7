import CXlsxWriter
import Glibc

/// A workbook that libxlsxwriter is writing, row by row, in little memory.
///
/// The library's results are dropped silently in Swift when nobody looks at them, so that every call
/// goes through `checked` (RELIABILITY D20). It checks no write to its own temporary files; whoever
/// closes the workbook must read it back.
struct Workbook: ~Copyable {
  let path: String
  /// Nil once the library has freed it.
  private var pointer: UnsafeMutablePointer<lxw_workbook>?

  /// - Parameters:
  ///   - path: where the file will be, for messages.
  ///   - workPath: where it is: an existing file of mode 0600, which is overwritten and keeps its mode.
  ///   - scratch: the folder for the library's temporary files.
  ///   - isHuge: whether a part of the file may exceed 4 GiB.
  init(path: String, writing workPath: String, scratch: String, isHuge: Bool) throws(ExportError) {
    self.path = path
    pointer = scratch.withCString { scratch in
      var options = lxw_workbook_options()
      options.constant_memory = 1
      options.tmpdir = UnsafeMutablePointer(mutating: scratch)  // copied by the library
      options.use_zip64 = isHuge ? 1 : 0
      return workbook_new_opt(workPath, &options)
    }
    guard pointer != nil else { throw .workbook(path: path, why: "it could not be begun") }
  }

  deinit {
    if let pointer { lxw_workbook_free(pointer) }
  }

  /// Sets the properties. The day is written as created and modified, at midnight UTC: without it the
  /// library would ask the clock.
  func setProperties(title: String, company: String, secondsSince1970: Int) throws(ExportError) {
    let code = withMutableCStrings(clippedText(title, 255), clippedText(company, 255)) {
      title, company in
      var properties = lxw_doc_properties()
      properties.title = title
      properties.company = company
      properties.created = time_t(secondsSince1970)
      return workbook_set_properties(pointer, &properties)
    }
    try checked(code, path)
  }

  func addSheet(_ name: String) throws(ExportError) -> Worksheet {
    guard let sheet = workbook_add_worksheet(pointer, name) else {
      throw .workbook(path: path, why: "the sheet \(name) could not be begun")
    }
    return Worksheet(sheet, name: name, path: path)
  }

  var charts: ChartMaker { ChartMaker(pointer, path: path) }

  /// Gives a cell a name that formulas can use.
  func define(_ name: String, as cell: String) throws(ExportError) {
    try checked(workbook_define_name(pointer, name, cell), path)
  }

  func addFormat() throws(ExportError) -> CellFormat {
    guard let format = workbook_add_format(pointer) else {
      throw .workbook(path: path, why: "out of memory")
    }
    return CellFormat(format)
  }

  /// Writes the file. What the library could not write to its temporary files does not show here.
  consuming func close() throws(ExportError) {
    let closing = pointer
    pointer = nil  // the library frees it, whatever comes
    errno = 0
    let code = workbook_close(closing)
    let number = errno
    guard code != LXW_NO_ERROR else { return }
    if [ENOSPC, EFBIG, EDQUOT, EIO, EACCES, EMFILE].contains(number) {
      throw .system(doing: "writing", path: path, errno: number)
    }
    try checked(code, path)
  }
}

/// Turns a result of libxlsxwriter into an error.
func checked(_ code: lxw_error, _ path: String) throws(ExportError) {
  guard code != LXW_NO_ERROR else { return }
  throw .workbook(path: path, why: lxw_strerror(code).map { String(cString: $0) } ?? "\(code)")
}

/// Lends two strings to a C structure that declares them without `const` and copies them.
func withMutableCStrings<Result>(
  _ first: String, _ second: String,
  _ body: (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) -> Result
) -> Result {
  first.withCString { first in
    second.withCString { second in
      body(UnsafeMutablePointer(mutating: first), UnsafeMutablePointer(mutating: second))
    }
  }
}
