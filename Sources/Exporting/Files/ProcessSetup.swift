import Glibc
import Synchronization

/// What a process must arrange before it opens its first file.
public enum ProcessSetup {
  /// The standard descriptors that were closed when the program started, one bit each.
  private static let closedAtStart = Atomic<UInt8>(0)

  /// Call first in `main`.
  ///
  /// A pipe without a reader and a file above `ulimit -f` become errors of the write instead of a
  /// signal that kills (E7, E10). A standard descriptor that is closed is tied to /dev/null, so that
  /// no output file gets its number and then the summary into it (E9); writing to it still throws.
  public static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    var closed: UInt8 = 0
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      closed |= 1 << UInt8(descriptor)
      _ = open("/dev/null", O_RDWR)  // takes the lowest free number, which is this one
    }
    closedAtStart.store(closed, ordering: .relaxed)
  }

  static func wasClosed(_ descriptor: Int32) -> Bool {
    closedAtStart.load(ordering: .relaxed) & 1 << UInt8(descriptor) != 0
  }
}
