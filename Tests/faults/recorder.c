// Records all that a process does to the files below a folder, for power_cuts.py. LD_PRELOAD it:
//
//   RECORD_UNDER=folder   what lies in it is recorded; an absolute path without links
//   RECORD_LOG=path       gets a record for each call that succeeded, in their order
//
// A record is a kind, then in native byte order the file's inode, a number, flags, and the lengths of
// two texts, then the texts:
//
//   C created: path            D folder made: path       W written: number is the offset, bytes
//   T truncated: the size      S synced, file or folder  R renamed: from, to; flags of renameat2
//   U unlinked: path           A something was written to standard output: the acknowledgement
#include "calls.h"

#include <limits.h>
#include <pthread.h>

static int record = -1;
static const char *under = "";
static size_t under_length;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

struct header {
  uint64_t inode, number, flags, first, second;
};

__attribute__((constructor)) static void prepare(void) {
  const char *path = getenv("RECORD_LOG");
  if (getenv("RECORD_UNDER")) under = getenv("RECORD_UNDER");
  under_length = strlen(under);
  int mode = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  if (path) record = (int)syscall(SYS_openat, AT_FDCWD, path, mode, 0600);
}

static void put(const void *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = real_write(record, bytes, count);
    if (written <= 0) abort();
    bytes = (const char *)bytes + written;
    count -= (size_t)written;
  }
}
static void add(char kind, uint64_t inode, uint64_t number, uint64_t flags, const void *first,
                size_t first_length, const void *second, size_t second_length) {
  struct header header = {inode, number, flags, first_length, second_length};
  int before = errno;
  put(&kind, 1);
  put(&header, sizeof header);
  put(first, first_length);
  put(second, second_length);
  errno = before;
}

static bool is_under(const char *path) {
  return record >= 0 && !strncmp(path, under, under_length) &&
         (path[under_length] == '/' || path[under_length] == 0);
}
static bool path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return false;
  path[length] = 0;
  return true;
}
/// Whether a file that is open is recorded; `inode` is which.
static bool is_recorded(int file, uint64_t *inode) {
  char path[PATH_MAX];
  struct stat status;
  int before = errno;
  bool found = path_of(file, path) && is_under(path) && fstat(file, &status) == 0;
  if (found) *inode = status.st_ino;
  errno = before;
  return found;
}
/// The absolute path of a name in a folder; whether it is recorded.
static bool absolute(int folder, const char *name, char *path) {
  if (name[0] == '/') {
    snprintf(path, PATH_MAX, "%s", name);
  } else {
    char top[PATH_MAX];
    if (folder == AT_FDCWD ? !getcwd(top, sizeof top) : !path_of(folder, top)) return false;
    if (snprintf(path, PATH_MAX, "%s/%s", top, name) >= PATH_MAX) return false;
  }
  return is_under(path);
}

/// Makes a call and records it as the one step that it is among threads.
#define RECORDED(type, call, condition, ...) \
  do { \
    pthread_mutex_lock(&order); \
    type result = (call); \
    if (result >= 0 && (condition)) add(__VA_ARGS__); \
    pthread_mutex_unlock(&order); \
    return result; \
  } while (0)

int openat64(int folder, const char *name, int flags, ...) {
  mode_t mode = 0;
  if (flags & O_CREAT) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  char path[PATH_MAX];
  struct stat status;
  if (!(flags & (O_CREAT | O_TRUNC)) || !absolute(folder, name, path))
    return (int)syscall(SYS_openat, folder, name, flags, mode);
  pthread_mutex_lock(&order);
  bool existed = lstat(path, &status) == 0;
  int file = (int)syscall(SYS_openat, folder, name, flags, mode);
  if (file >= 0 && fstat(file, &status) == 0) {
    if (!existed) add('C', status.st_ino, 0, 0, path, strlen(path), "", 0);
    else if (flags & O_TRUNC) add('T', status.st_ino, 0, 0, "", 0, "", 0);
  }
  pthread_mutex_unlock(&order);
  return file;
}
#define OPEN(folder) \
  { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    return openat64(folder, path, flags, mode); \
  }
int openat(int folder, const char *path, int flags, ...) OPEN(folder)
int open64(const char *path, int flags, ...) OPEN(AT_FDCWD)
int open(const char *path, int flags, ...) OPEN(AT_FDCWD)

ssize_t write(int file, const void *bytes, size_t count) {
  uint64_t inode = 0;
  if (file == STDOUT_FILENO)
    RECORDED(ssize_t, real_write(file, bytes, count), record >= 0, 'A', 0, 0, 0, "", 0, "", 0);
  if (!is_recorded(file, &inode)) return real_write(file, bytes, count);
  off_t offset = lseek(file, 0, SEEK_CUR);
  RECORDED(ssize_t, real_write(file, bytes, count), true, 'W', inode, (uint64_t)offset, 0, bytes,
           (size_t)result, "", 0);
}
static ssize_t stream_write(int file, const void *bytes, size_t count) {
  return write(file, bytes, count);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) {
  uint64_t inode = 0;
  bool recorded = is_recorded(file, &inode);
  RECORDED(ssize_t, real_pwrite(file, bytes, count, offset), recorded, 'W', inode,
           (uint64_t)offset, 0, bytes, (size_t)result, "", 0);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return pwrite64(file, bytes, count, offset);
}
int ftruncate64(int file, off_t size) {
  uint64_t inode = 0;
  bool recorded = is_recorded(file, &inode);
  RECORDED(int, real_ftruncate(file, size), recorded, 'T', inode, (uint64_t)size, 0, "", 0, "", 0);
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }
int fsync(int file) {
  uint64_t inode = 0;
  bool recorded = is_recorded(file, &inode);
  RECORDED(int, real_fsync(file), recorded, 'S', inode, 0, 0, "", 0, "", 0);
}
int fdatasync(int file) {
  uint64_t inode = 0;
  bool recorded = is_recorded(file, &inode);
  RECORDED(int, real_fdatasync(file), recorded, 'S', inode, 0, 0, "", 0, "", 0);
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  char old[PATH_MAX], new[PATH_MAX];
  bool leaves = absolute(from_folder, from, old), arrives = absolute(to_folder, to, new);
  bool recorded = leaves && arrives;
  RECORDED(int, real_rename(from_folder, from, to_folder, to, flags), recorded, 'R', 0, 0, flags,
           old, strlen(old), new, strlen(new));
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  return renameat2(from_folder, from, to_folder, to, 0);
}
int rename(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}
int unlinkat(int folder, const char *name, int flags) {
  char path[PATH_MAX];
  bool recorded = absolute(folder, name, path);
  RECORDED(int, real_unlink(folder, name, flags), recorded, 'U', 0, 0, 0, path, strlen(path), "",
           0);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int mkdirat(int folder, const char *name, mode_t mode) {
  char path[PATH_MAX];
  struct stat status = {0};
  bool recorded = absolute(folder, name, path);
  RECORDED(int, real_mkdir(folder, name, mode), recorded && lstat(path, &status) == 0, 'D',
           status.st_ino, 0, 0, path, strlen(path), "", 0);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
