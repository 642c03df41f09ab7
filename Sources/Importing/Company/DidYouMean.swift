/// The word that was probably meant: the nearest one, where it is near enough to be a misspelling.
///
///     nearest(to: "duedate", in: ["due_date", "invoice_date"])   // due_date
func nearest(to word: String, in words: [String]) -> String? {
  let wanted = Array(word.utf8.prefix(64).map(lowercased))
  var best: (distance: Int, word: String)?
  for candidate in words {
    let distance = editDistance(wanted, candidate.utf8.map(lowercased))
    if distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
  return best.word
}

/// `did you mean "due_date"?`, or what to do where nothing is near.
func didYouMean(_ word: String, in words: [String], otherwise remedy: String) -> String {
  nearest(to: word, in: words).map { "did you mean \"\($0)\"?" } ?? remedy
}

private func lowercased(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

/// How many letters must be put in, taken out or changed to make one word of the other.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let change = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(change, diagonal + 1, row[j] + 1)
    }
  }
  return row[b.count]
}
