// The system calls themselves, for libraries that stand before the C library's functions of the same
// names, and streams (FILE) whose writes come by those libraries too.
#ifndef TIEOUT_FAULTS_CALLS_H
#define TIEOUT_FAULTS_CALLS_H

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline ssize_t real_write(int file, const void *bytes, size_t count) {
  return syscall(SYS_write, file, bytes, count);
}
static inline ssize_t real_pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return syscall(SYS_pwrite64, file, bytes, count, offset);
}
static inline int real_fsync(int file) { return (int)syscall(SYS_fsync, file); }
static inline int real_fdatasync(int file) { return (int)syscall(SYS_fdatasync, file); }
static inline int real_ftruncate(int file, off_t size) {
  return (int)syscall(SYS_ftruncate, file, size);
}
static inline int real_rename(int from_folder, const char *from, int to_folder, const char *to,
                              unsigned flags) {
  return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}
static inline int real_unlink(int folder, const char *path, int flags) {
  return (int)syscall(SYS_unlinkat, folder, path, flags);
}
static inline int real_mkdir(int folder, const char *path, mode_t mode) {
  return (int)syscall(SYS_mkdirat, folder, path, mode);
}

/// A write of a stream, which the C library would do without asking anyone: each library has its own.
static ssize_t stream_write(int file, const void *bytes, size_t count);

static ssize_t cookie_read(void *cookie, char *bytes, size_t count) {
  return read((int)(intptr_t)cookie, bytes, count);
}
/// 0 is a failure; short writes are continued as the C library does.
static ssize_t cookie_write(void *cookie, const char *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    ssize_t written = stream_write((int)(intptr_t)cookie, bytes + done, count - done);
    if (written <= 0) return 0;
    done += (size_t)written;
  }
  return (ssize_t)done;
}
static int cookie_seek(void *cookie, off64_t *offset, int whence) {
  off64_t place = lseek64((int)(intptr_t)cookie, *offset, whence);
  if (place < 0) return -1;
  *offset = place;
  return 0;
}
static int cookie_close(void *cookie) { return close((int)(intptr_t)cookie); }

static FILE *stream(int file, const char *mode) {
  cookie_io_functions_t functions = {cookie_read, cookie_write, cookie_seek, cookie_close};
  return fopencookie((void *)(intptr_t)file, mode, functions);
}

FILE *fdopen(int file, const char *mode) {
  FILE *(*next)(int, const char *) = dlsym(RTLD_NEXT, "fdopen");
  return strchr(mode, 'w') ? stream(file, mode) : next(file, mode);
}
FILE *fopen(const char *path, const char *mode) {
  FILE *(*next)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen");
  if (!strchr(mode, 'w')) return next(path, mode);
  int file = open(path, (strchr(mode, '+') ? O_RDWR : O_WRONLY) | O_CREAT | O_TRUNC, 0666);
  return file < 0 ? NULL : stream(file, mode);
}
FILE *fopen64(const char *path, const char *mode) { return fopen(path, mode); }

#endif
