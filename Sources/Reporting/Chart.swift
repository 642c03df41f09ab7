/// Figures to be drawn: a row of categories, and a line or a row of columns for each series.
public struct Chart: Sendable {
  public enum Shape: Sendable {
    case columns
    /// Columns lying down, for categories with long names.
    case bars
    case lines
  }

  public struct Series: Sendable {
    public let name: String
    /// One a category; an empty cell is a gap.
    public let values: [Cell]

    public init(_ name: String, _ values: [Cell]) {
      (self.name, self.values) = (name, values)
    }
  }

  /// What the picture says, as a heading: "Receivables by days past due".
  public let title: String
  public let shape: Shape
  /// What the categories are: "Month".
  public let categoryAxis: String
  /// What the values are counted in: "Days".
  public let valueAxis: String
  public let categories: [String]
  public let series: [Series]

  public init(
    _ title: String, _ shape: Shape, axes: (category: String, value: String),
    _ categories: [String], _ series: [Series]
  ) {
    self.title = title
    self.shape = shape
    (categoryAxis, valueAxis) = axes
    self.categories = categories
    self.series = series
  }
}
