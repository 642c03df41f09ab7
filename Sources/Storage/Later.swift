import Dispatch
import Synchronization

/// Work that another thread does meanwhile.
final class Later: Sendable {
  private let result = Mutex<Result<Void, any Error>>(.success(()))
  private let group = DispatchGroup()

  init(_ work: @escaping @Sendable () throws -> Void) {
    DispatchQueue.global().async(group: group) {
      let done = Result { try work() }
      self.result.withLock { $0 = done }
    }
  }

  /// Waits for its end; throws what it threw.
  func wait() throws {
    group.wait()
    try result.withLock { $0 }.get()
  }
}
