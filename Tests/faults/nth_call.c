// Lets the nth call of a process that changes a file fail (RELIABILITY G3, E12-E15). LD_PRELOAD it:
//
//   FAULT_AT=17       the call to hit, counted from 1 over all calls below; 0 hits none
//   FAULT_ACTION=EIO  KILL, EIO, ENOSPC, EINTR, or SHORT, which writes half; EIO+ is a disk that fails
//                     from then on: every later call too, but for standard output and error
//   FAULT_LOG=path    gets a line for each call: number, call, file, and FAULT where it was hit
//
// EINTR is for calls that a signal can interrupt, SHORT for writes; another call is let through.
#include "calls.h"

#include <stdatomic.h>
#include <limits.h>

static atomic_long calls;
static long target;
static const char *action = "";
static int report = -1;

__attribute__((constructor)) static void prepare(void) {
  const char *at = getenv("FAULT_AT"), *path = getenv("FAULT_LOG");
  target = at ? atol(at) : 0;
  if (getenv("FAULT_ACTION")) action = getenv("FAULT_ACTION");
  if (path) report = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void log_call(long number, const char *call, int file, const char *path, bool hit) {
  char link[64], name[PATH_MAX], line[PATH_MAX + 128];
  if (report < 0) return;
  if (!path) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    name[length < 0 ? 0 : length] = 0;
    path = name;
  }
  int length = snprintf(line, sizeof line, "%ld %s %s%s\n", number, call, path, hit ? " FAULT" : "");
  real_write(report, line, (size_t)length);
}

/// Counts a call; whether it must fail, with `errno` set. `half` is for SHORT, NULL where no write.
static bool fails(const char *call, int file, const char *path, bool interruptible, bool *half) {
  long number = ++calls;
  bool on_disk = file != STDOUT_FILENO && file != STDERR_FILENO;
  bool hit = number == target || (target > 0 && number > target && on_disk && strchr(action, '+'));
  bool eintr = !strcmp(action, "EINTR"), is_short = !strcmp(action, "SHORT");
  if ((eintr && !interruptible) || (is_short && !half)) hit = false;
  int before = errno;
  log_call(number, call, file, path, hit);
  errno = before;
  if (!hit) return false;
  if (!strcmp(action, "KILL")) kill(getpid(), SIGKILL);
  if (is_short) {
    *half = true;
    return false;
  }
  errno = eintr ? EINTR : !strcmp(action, "ENOSPC") ? ENOSPC : EIO;
  return true;
}

static size_t halved(size_t count, bool half) { return half && count > 1 ? count / 2 : count; }

ssize_t write(int file, const void *bytes, size_t count) {
  bool half = false;
  if (fails("write", file, NULL, true, &half)) return -1;
  return real_write(file, bytes, halved(count, half));
}
static ssize_t stream_write(int file, const void *bytes, size_t count) {
  bool half = false;
  if (fails("fwrite", file, NULL, false, &half)) return -1;
  return real_write(file, bytes, halved(count, half));
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) {
  bool half = false;
  if (fails("pwrite", file, NULL, true, &half)) return -1;
  return real_pwrite(file, bytes, halved(count, half), offset);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return pwrite64(file, bytes, count, offset);
}
int fsync(int file) {
  return fails("fsync", file, NULL, true, NULL) ? -1 : real_fsync(file);
}
int fdatasync(int file) {
  return fails("fdatasync", file, NULL, true, NULL) ? -1 : real_fdatasync(file);
}
int ftruncate64(int file, off_t size) {
  return fails("ftruncate", file, NULL, true, NULL) ? -1 : real_ftruncate(file, size);
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  if (fails("rename", to_folder, to, false, NULL)) return -1;
  return real_rename(from_folder, from, to_folder, to, flags);
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  return renameat2(from_folder, from, to_folder, to, 0);
}
int rename(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}
int unlinkat(int folder, const char *path, int flags) {
  return fails("unlink", folder, path, false, NULL) ? -1 : real_unlink(folder, path, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int mkdirat(int folder, const char *path, mode_t mode) {
  return fails("mkdir", folder, path, false, NULL) ? -1 : real_mkdir(folder, path, mode);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
