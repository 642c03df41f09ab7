// What the C library has and Swift's Glibc module does not show.
#ifndef TIEOUT_CGLIBC_SHIM_H
#define TIEOUT_CGLIBC_SHIM_H

// Exchanges or renames two paths in one step; `flags` 2 (RENAME_EXCHANGE) swaps them.
int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path,
              unsigned int flags);

// The last `byte` in `count` bytes, or NULL.
void *memrchr(const void *bytes, int byte, __SIZE_TYPE__ count);

#endif
