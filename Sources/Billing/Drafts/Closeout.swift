import Ledger
import Measures

/// What the closeout of a complete job lacks (DESIGN §5): a signature, photos. Nothing where the jobs file
/// does not have those columns.
///
/// Whether that blocks a final invoice is the company's policy, `closeout`.
func closeoutMissing(_ book: Book, job: RowID<Jobs>) -> [String] {
  guard book.jobs.hasCloseoutColumns else { return [] }
  var missing: [String] = []
  if !book.jobs.hasSignature[job.row] { missing.append("signature") }
  if !book.jobs.hasPhotos[job.row] { missing.append("photos") }
  return missing
}
