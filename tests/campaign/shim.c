/* Which calls of a program change files below one folder, and what if one of them is the last, or fails?
 *
 * Preloaded into a program (see shim.py). Every such call is recorded in CAMPAIGN_LOG, in order and with its
 * data, so that what a disk may hold after a loss of power can be worked out. The program dies at the call
 * CAMPAIGN_KILL_AT, and campaign_arm() makes calls fail as on a full or broken disk.
 */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FDS 4096

struct __attribute__((packed)) record {
    char what;
    int32_t fd;
    int64_t at, size;
    uint32_t path, data;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static int log_fd = -1;
static char tracked[FDS];
static long calls, armed_at, armed_calls, failed;
static int armed_errno;

__attribute__((constructor)) static void start(void) {
    root = getenv("CAMPAIGN_ROOT");
    const char *log = getenv("CAMPAIGN_LOG");
    const char *kill_at = getenv("CAMPAIGN_KILL_AT");
    if (log) {
        int fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
        log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900); /* out of the way of the program's own numbers */
        syscall(SYS_close, fd);
    }
    if (kill_at)
        armed_at = atol(kill_at);
}

/* Let the call'th call from now on fail with error, and so many in all (0: all that follow); call 0 disarms. */
void campaign_arm(long call, int error, long how_many) {
    armed_at = call ? calls + call : 0;
    armed_errno = error;
    armed_calls = how_many;
    failed = 0;
}

long campaign_failed(void) { return failed; }

static void record(char what, int fd, int64_t at, int64_t size, const char *path, const void *data, size_t length) {
    if (log_fd < 0)
        return;
    struct record head = {what, fd, at, size, path ? strlen(path) : 0, length};
    size_t total = sizeof head + head.path + length;
    char *whole = malloc(total);
    memcpy(whole, &head, sizeof head);
    if (path)
        memcpy(whole + sizeof head, path, head.path);
    if (length)
        memcpy(whole + sizeof head + head.path, data, length);
    if (syscall(SYS_write, log_fd, whole, total) != (long)total)
        abort();
    free(whole);
}

void campaign_note(long number) {
    pthread_mutex_lock(&lock);
    record('A', -1, 0, number, NULL, NULL, 0);
    pthread_mutex_unlock(&lock);
}

static int below(const char *path) { return root && !strncmp(path, root, strlen(root)); }

static int is_tracked(int fd) { return fd >= 0 && fd < FDS && tracked[fd]; }

/* Counts a call that changes something; nonzero, with errno set, where it has to fail. */
static int fails(int can_fail) {
    calls++;
    if (!armed_at || calls < armed_at)
        return 0;
    if (!armed_errno)
        syscall(SYS_kill, getpid(), SIGKILL);
    if (!can_fail || (armed_calls && failed >= armed_calls))
        return 0;
    failed++;
    errno = armed_errno;
    return 1;
}

/* The body of each call that is watched: (applies) ? watched, in one piece with its record : passed on. */
#define WATCHED(applies, can_fail, call, recording)                                                                \
    do {                                                                                                           \
        if (!(applies))                                                                                            \
            return call;                                                                                           \
        pthread_mutex_lock(&lock);                                                                                 \
        long result = fails(can_fail) ? -1 : call;                                                                 \
        int error = errno;                                                                                         \
        if (result >= 0)                                                                                           \
            recording;                                                                                             \
        pthread_mutex_unlock(&lock);                                                                               \
        errno = error;                                                                                             \
        return result;                                                                                             \
    } while (0)

static int opened(int folder, const char *path, int flags, mode_t mode) {
    if (!below(path))
        return syscall(SYS_openat, folder, path, flags, mode);
    pthread_mutex_lock(&lock);
    int creates = (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK);
    int changes = creates || (flags & O_TRUNC);
    int fd = changes && fails(1) ? -1 : syscall(SYS_openat, folder, path, flags, mode);
    int error = errno;
    if (fd >= 0 && fd < FDS) {
        tracked[fd] = 1;
        record(creates ? 'C' : 'O', fd, 0, flags & O_TRUNC ? 1 : 0, path, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return fd;
}

#define MODE                                                                                                       \
    mode_t mode = 0;                                                                                               \
    if (flags & O_CREAT) {                                                                                         \
        va_list rest;                                                                                              \
        va_start(rest, flags);                                                                                     \
        mode = va_arg(rest, int);                                                                                  \
        va_end(rest);                                                                                              \
    }

int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }

int close(int fd) {
    if (is_tracked(fd)) {
        tracked[fd] = 0;
        pthread_mutex_lock(&lock);
        record('X', fd, 0, 0, NULL, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return syscall(SYS_close, fd);
}

ssize_t write(int fd, const void *data, size_t size) {
    int64_t at = is_tracked(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    WATCHED(is_tracked(fd), 1, syscall(SYS_write, fd, data, size), record('W', fd, at, 0, NULL, data, result));
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    WATCHED(is_tracked(fd), 1, syscall(SYS_pwrite64, fd, data, size, at),
            record('W', fd, at, 0, NULL, data, result));
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return pwrite(fd, data, size, at); }

int ftruncate(int fd, off_t size) {
    WATCHED(is_tracked(fd), 1, syscall(SYS_ftruncate, fd, size), record('T', fd, 0, size, NULL, NULL, 0));
}

int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

int fsync(int fd) { WATCHED(is_tracked(fd), 1, syscall(SYS_fsync, fd), record('S', fd, 0, 0, NULL, NULL, 0)); }

int fdatasync(int fd) { return fsync(fd); }

int unlink(const char *path) {
    WATCHED(below(path), 0, syscall(SYS_unlink, path), record('U', -1, 0, 0, path, NULL, 0));
}

int link(const char *old, const char *new) {
    WATCHED(below(new), 1, syscall(SYS_link, old, new), record('L', -1, 0, 0, old, new, strlen(new)));
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    WATCHED(below(new), 1, syscall(SYS_linkat, from, old, to, new, flags),
            record('L', -1, 0, 0, old, new, strlen(new)));
}

int rename(const char *old, const char *new) {
    WATCHED(below(new), 1, syscall(SYS_rename, old, new), record('R', -1, 0, 0, old, new, strlen(new)));
}

int mkdir(const char *path, mode_t mode) {
    WATCHED(below(path), 1, syscall(SYS_mkdir, path, mode), record('M', -1, 0, 0, path, NULL, 0));
}
