/* Counts the writing system calls of a process below one folder, and lets one of them fail.
 *
 * To be preloaded (LD_PRELOAD). Calls are told by the path of their file; what begins with the
 * watched path counts, so that «index.new-17» beside «index» does too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NONE, ERROR, FULL, TORN, KILLED };
enum { WRITES = 1, TAKES_ROOM = 2, OTHER = 4 }; /* what a call does */

static char watched[PATH_MAX];
static size_t length;
static int kind = NONE;
static long chosen;
static atomic_long seen;

/* From now on calls below a path are counted; number `number` fails as `how` says, 0 for none. */
void faults_arm(const char *path, int how, long number)
{
    strncpy(watched, path, sizeof watched - 1);
    length = strlen(watched);
    chosen = number;
    atomic_store(&seen, 0);
    kind = how;
}

/* Counts no more; returns how many calls there were to which the kind of fault applies. */
long faults_disarm(void)
{
    kind = NONE;
    return atomic_load(&seen);
}

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static int of_path(int folder, const char *path)
{
    char whole[PATH_MAX * 2];
    if (kind == NONE || !path)
        return 0;
    if (path[0] == '/')
        return !strncmp(path, watched, length);
    char base[PATH_MAX];
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base))
            return 0;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t got = readlink(link, base, sizeof base - 1);
        if (got < 0)
            return 0;
        base[got] = 0;
    }
    snprintf(whole, sizeof whole, "%s/%s", base, path);
    return !strncmp(whole, watched, length);
}

static int of_file(int file)
{
    char link[64], path[PATH_MAX];
    if (kind == NONE)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t got = readlink(link, path, sizeof path - 1);
    return got >= (ssize_t)length && !strncmp(path, watched, length);
}

/* What is to become of this call: NONE, or the fault, which has set errno. */
static int fate(int does)
{
    if (kind == FULL && !(does & TAKES_ROOM))
        return NONE;
    if (kind == TORN && !(does & WRITES))
        return NONE;
    long number = atomic_fetch_add(&seen, 1) + 1;
    /* A disk that is full stays so. */
    if (!chosen || (kind == FULL ? number < chosen : number != chosen))
        return NONE;
    if (kind == KILLED)
        raise(SIGKILL);
    errno = kind == FULL ? ENOSPC : EIO;
    return kind;
}

#define PATH_CALL(name, type, params, folder, path, does, ...)                                     \
    type name params                                                                               \
    {                                                                                              \
        type(*call) params = real(#name);                                                          \
        if (of_path(folder, path) && fate(does))                                                   \
            return -1;                                                                             \
        return call(__VA_ARGS__);                                                                  \
    }

#define FILE_CALL(name, params, file, does, ...)                                                   \
    int name params                                                                                \
    {                                                                                              \
        int(*call) params = real(#name);                                                           \
        if (of_file(file) && fate(does))                                                           \
            return -1;                                                                             \
        return call(__VA_ARGS__);                                                                  \
    }

#define OPENS(name, params, last, folder, path)                                                    \
    int name params                                                                                \
    {                                                                                              \
        int(*call) params = real(#name);                                                           \
        mode_t mode = 0;                                                                           \
        if (flags & (O_CREAT | __O_TMPFILE)) {                                                     \
            va_list more;                                                                          \
            va_start(more, flags);                                                                 \
            mode = va_arg(more, mode_t);                                                           \
            va_end(more);                                                                          \
        }                                                                                          \
        int writes = flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC);                              \
        int makes = flags & O_CREAT && faccessat(folder, path, F_OK, 0);                           \
        if (writes && of_path(folder, path) && fate(makes ? TAKES_ROOM : OTHER))                   \
            return -1;                                                                             \
        return call last;                                                                          \
    }

OPENS(open, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD, path)
OPENS(open64, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD, path)
OPENS(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode), at, path)
OPENS(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode), at, path)
PATH_CALL(creat, int, (const char *path, mode_t mode), AT_FDCWD, path, TAKES_ROOM, path, mode)
PATH_CALL(creat64, int, (const char *path, mode_t mode), AT_FDCWD, path, TAKES_ROOM, path, mode)
PATH_CALL(mkdir, int, (const char *path, mode_t mode), AT_FDCWD, path, TAKES_ROOM, path, mode)
PATH_CALL(mkdirat, int, (int at, const char *path, mode_t mode), at, path, TAKES_ROOM, at, path, mode)
PATH_CALL(rmdir, int, (const char *path), AT_FDCWD, path, OTHER, path)
PATH_CALL(unlink, int, (const char *path), AT_FDCWD, path, OTHER, path)
PATH_CALL(unlinkat, int, (int at, const char *path, int flags), at, path, OTHER, at, path, flags)
PATH_CALL(rename, int, (const char *from, const char *to), AT_FDCWD, to, OTHER, from, to)
PATH_CALL(renameat, int, (int a, const char *from, int b, const char *to), b, to, OTHER, a, from, b, to)
PATH_CALL(renameat2, int, (int a, const char *from, int b, const char *to, unsigned flags), b, to,
          OTHER, a, from, b, to, flags)
PATH_CALL(link, int, (const char *from, const char *to), AT_FDCWD, to, TAKES_ROOM, from, to)
PATH_CALL(symlink, int, (const char *from, const char *to), AT_FDCWD, to, TAKES_ROOM, from, to)
PATH_CALL(truncate, int, (const char *path, off_t size), AT_FDCWD, path, TAKES_ROOM, path, size)
PATH_CALL(truncate64, int, (const char *path, off64_t size), AT_FDCWD, path, TAKES_ROOM, path, size)
FILE_CALL(ftruncate, (int file, off_t size), file, TAKES_ROOM, file, size)
FILE_CALL(ftruncate64, (int file, off64_t size), file, TAKES_ROOM, file, size)
FILE_CALL(fsync, (int file), file, OTHER, file)
FILE_CALL(fdatasync, (int file), file, OTHER, file)
FILE_CALL(fallocate, (int file, int mode, off_t at, off_t size), file, TAKES_ROOM, file, mode, at, size)
FILE_CALL(fallocate64, (int file, int mode, off64_t at, off64_t size), file, TAKES_ROOM, file, mode, at, size)

/* Half of the bytes of a torn write reach the file; then the process is gone. */
#define WRITE_CALL(name, params, half, ...)                                                        \
    ssize_t name params                                                                            \
    {                                                                                              \
        ssize_t(*call) params = real(#name);                                                       \
        int comes = of_file(file) ? fate(WRITES | TAKES_ROOM) : NONE;                              \
        if (comes == TORN) {                                                                       \
            half;                                                                                  \
            raise(SIGKILL);                                                                        \
        }                                                                                          \
        return comes ? -1 : call(__VA_ARGS__);                                                     \
    }

WRITE_CALL(write, (int file, const void *from, size_t size), call(file, from, size / 2), file, from, size)
WRITE_CALL(pwrite, (int file, const void *from, size_t size, off_t at),
           call(file, from, size / 2, at), file, from, size, at)
WRITE_CALL(pwrite64, (int file, const void *from, size_t size, off64_t at),
           call(file, from, size / 2, at), file, from, size, at)
WRITE_CALL(writev, (int file, const struct iovec *from, int count), call(file, from, count / 2),
           file, from, count)
WRITE_CALL(pwritev, (int file, const struct iovec *from, int count, off_t at),
           call(file, from, count / 2, at), file, from, count, at)
WRITE_CALL(sendfile, (int file, int source, off_t *at, size_t size),
           call(file, source, at, size / 2), file, source, at, size)
WRITE_CALL(sendfile64, (int file, int source, off64_t *at, size_t size),
           call(file, source, at, size / 2), file, source, at, size)
