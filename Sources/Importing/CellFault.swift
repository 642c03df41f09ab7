/// A wrong cell, named by its row in the chunk and its column; the place in the file comes later.
struct CellFault: Sendable {
  var row: Int
  var column: String
  var code: String
  var value: String
  var message: String
  var expected: String
  var remedy: String
}
