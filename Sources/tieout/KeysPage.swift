import Reporting

/// The page that explains every report and every column of it, in Markdown: `reports/README.md`.
///
/// It is made from the declarations that make the CSV headers and the worksheets, so that it cannot say
/// anything else.
enum KeysPage {
  static var text: String {
    let reports = Reports.ofEmptyBook
    let names = ReportKind.all.map { "[\($0.name)](#\($0.name))" }.joined(separator: " ·\n")
    return introduction + "\n\(names)\n"
      + ReportKind.all.map { section($0, reports.sheet($0)) }.joined()
  }

  private static let introduction = """
    # The reports, column by column

    `tieout month-end` writes every report twice: as a CSV file of its name, such as `ar-aging.csv`, and
    as a worksheet of `month-end.xlsx`. A column has a key in the header of the CSV file and a title on the
    worksheet, where what is said of it here is a comment on the title. [2026-10/](2026-10/) has those of
    the sample contractor. `tieout report --keys` prints this page.

    What holds for all of them:

    - A report is as of a day. What is dated after it does not count: no document, payment, application,
      void, approval or completion. A report of a period covers the month of that day, through the day,
      unless `--from` says otherwise.
    - An amount is above zero where it is what its title says: what a customer owes in Open, what is kept
      for one in Deposits held. Below zero is the opposite, such as a credit.
    - Money has two decimals and no separators: `-1284.50`. A percentage of `8.25` is 8.25 %; it, unit
      prices, hours and quantities have up to four decimals.
    - Amounts are exact to the cent. A product or a share is rounded once, half away from zero.
    - Days are `2026-10-31`; flags are `yes` or `no`.
    - An empty cell is not zero: there is nothing to say.
    - A CSV file has no total row. Rows stand in the order of the ids they begin with; the journal goes by
      day, and drafts, findings and tie-outs stand in an order of their own.
    - Text that a spreadsheet would take for a formula has an apostrophe before it in a CSV file, unless
      `--csv-guard none` is given.
    - Where `company.toml` decides, a column is explained by its defaults. Other aging buckets have other
      keys, such as `days_1_15`.

    The files named with a report are the tables without which it lacks something; where the input does
    not have one, the worksheet says so in its second line.

    """

  private static func section(_ kind: ReportKind, _ sheet: Sheet) -> String {
    var text = "\n## \(kind.name)\n\n**\(escaped(sheet.title))**: \(escaped(kind.summary)). "
    text += "A row for \(escaped(kind.rows))."
    if !kind.tables.isEmpty {
      text += " From " + kind.tables.map { "`\($0).csv`" }.joined(separator: ", ") + "."
    }
    text += "\n\n| key | title | what it is |\n|---|---|---|\n"
    for column in sheet.columns {
      text += "| `\(column.key)` | \(escaped(column.title)) | \(escaped(column.rule)) |\n"
    }
    return text
  }

  /// Text as Markdown shows it in a table's cell; an underscore within a word is one already.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      if "\\|<*`[]".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
  }
}
