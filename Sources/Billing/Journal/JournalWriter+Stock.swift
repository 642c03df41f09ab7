internal import Ledger
internal import Measures

extension JournalWriter {
  /// Material issued to jobs at cost, and returns of it at the cost of their issue (DOMAIN §8.4, [S90]).
  mutating func addStock(_ work: Work) {
    let (book, inventory) = (book, book.inventory)
    guard work.hasRows else { preconditionFailure("the journal needs movements one by one") }
    for row in inventory.day.indices
    where period.contains(inventory.day[row]) && work.material[row].state != .noEntry {
      var postings = Postings()
      postings.debit(.jobCost, work.material[row].cost)
      postings.credit(.inventory, work.material[row].cost)
      let job = inventory.job[row].row
      post(inventory.day[row], .stock, postings, customer: book.jobs.customer[job]) {
        let (id, type) = (inventory.id[row], inventory.type[row].rawValue)
        let item = book.items.index.keys[inventory.item[row].row]
        return ("\(type) \(id)", id, "\(item), \(book.jobs.id[job])")
      }
    }
  }
}
