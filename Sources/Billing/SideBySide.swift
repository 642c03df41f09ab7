import Dispatch
import Glibc
import Synchronization

/// How many cores work at once, at most eight: each has sums of its own for all jobs.
let coreCount = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

/// Runs numbered pieces of work, each on whatever core is free next, and returns what each core made
/// of those it took.
///
/// Which core takes which piece is left to chance, so results must not depend on it: sums, or lists
/// that are sorted afterwards.
func onEveryCore<Sums: Sendable>(
  _ pieces: Int, cores: Int = coreCount, start: @Sendable () -> Sums,
  _ run: @Sendable (_ piece: Int, _ sums: inout Sums) -> Void
) -> [Sums] {
  let next = Atomic(0)
  let done = Mutex<[Sums]>([])
  DispatchQueue.concurrentPerform(iterations: max(1, min(cores, pieces))) { _ in
    var sums = start()
    while true {
      let piece = next.add(1, ordering: .relaxed).oldValue
      guard piece < pieces else { break }
      run(piece, &sums)
    }
    let finished = sums
    done.withLock { $0.append(finished) }
  }
  return done.withLock { $0 }
}

/// Runs both side by side.
func sideBySide<A: Sendable, B: Sendable>(
  _ a: @Sendable () -> A, _ b: @Sendable () -> B
) -> (A, B) {
  let (first, second) = (Later<A>(), Later<B>())
  DispatchQueue.concurrentPerform(iterations: 2) { place in
    if place == 0 { first.set(a()) } else { second.set(b()) }
  }
  return (first.value, second.value)
}

/// A value that one core makes and another reads when all have finished.
final class Later<Value: Sendable>: Sendable {
  private let box = Mutex<Value?>(nil)

  func set(_ value: Value) { box.withLock { $0 = value } }

  var value: Value {
    guard let value = box.withLock({ $0 }) else {
      preconditionFailure("read before it was made")
    }
    return value
  }
}
