/// The jobs at work in each week, to draw from.
struct ActiveJobs {
  private var start: [Int]
  private var list: [Int32]

  init(_ jobs: [Job]) {
    let weeks = Days.count / 7 + 1
    start = [Int](repeating: 0, count: weeks + 1)
    func span(_ job: Job) -> ClosedRange<Int> {
      (job.start - Days.first) / 7...(job.lastWork - Days.first) / 7
    }
    for job in jobs { for week in span(job) { start[week + 1] += 1 } }
    for week in 0..<weeks { start[week + 1] += start[week] }
    list = [Int32](repeating: 0, count: start[weeks])
    var next = start
    for (j, job) in jobs.enumerated() {
      for week in span(job) {
        list[next[week]] = Int32(j)
        next[week] += 1
      }
    }
  }

  /// A job that is at work on the day; job 0, which always is, when eight draws find none.
  func pick(on day: Int, from jobs: [Job], _ random: inout SplitMix64) -> Int {
    let week = (day - Days.first) / 7
    let (low, count) = (start[week], start[week + 1] - start[week])
    for _ in 0..<8 {
      let j = Int(list[low + random.below(count)])
      if jobs[j].start <= day, day <= jobs[j].lastWork { return j }
    }
    return 0
  }
}

/// Out of a thousand billable entries that have a later invoice, those that are on it; brings about
/// 60 % of all entries to an invoice.
let billedPerMille = 640
