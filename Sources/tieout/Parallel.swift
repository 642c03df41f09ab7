import Dispatch
import Synchronization

/// Runs jobs side by side and throws the first one's error, in their order.
func inParallel(_ jobs: [@Sendable () throws -> Void]) throws {
  let failures = Mutex<[Int: any Error]>([:])
  DispatchQueue.concurrentPerform(iterations: jobs.count) { place in
    do {
      try jobs[place]()
    } catch {
      failures.withLock { $0[place] = error }
    }
  }
  let first = failures.withLock { failures in failures.min { $0.key < $1.key }?.value }
  if let first { throw first }
}
