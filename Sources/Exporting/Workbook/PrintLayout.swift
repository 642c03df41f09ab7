/// How the columns of a worksheet go on paper.
struct PrintLayout {
  /// Left and right, in inches.
  static let margin = 0.4

  /// What the text is shrunk to at the most: 5 points.
  private static let least = 0.46

  /// Pages side by side, as many as keep the text from shrinking further.
  let pagesWide: Int
  /// What the text is printed at, 1 where everything fits.
  let scale: Double

  /// - Parameters:
  ///   - widths: of the columns, in characters of the default font.
  ///   - repeated: the leading columns, that every page begins with.
  ///   - paperWidth: in points, the margins included.
  init(_ widths: [Double], repeated: Int, _ paperWidth: Double) {
    // A digit of Calibri 11 is 7 pixels wide, 5.25 points in Excel and 5.6 in LibreOffice.
    let points = widths.map { ($0 * 7 + 5) * 0.8 }
    let room = paperWidth - 2 * Self.margin * 72
    let before = points.prefix(repeated).reduce(0, +)
    let others = points.dropFirst(repeated).reduce(0, +)
    var pages = 1
    while pages < widths.count, (before + others / Double(pages)) * Self.least > room { pages += 1 }
    pagesWide = pages
    scale = min(1, room / max(1, before + others / Double(pages)))
  }

  /// The size at which printed headers and footers, which shrink with the sheet, come to ten points.
  var headerSize: Int { Int((10 / max(scale, Self.least)).rounded()) }
}

extension Paper {
  /// In points.
  var landscapeWidth: Double {
    switch self {
    case .letter: 792
    case .a4: 842
    }
  }

  /// In points.
  var portraitWidth: Double {
    switch self {
    case .letter: 612
    case .a4: 595
    }
  }
}
