/* syscalls.c - run a program whose Nth system call of those below fails, is cut short, or
 * is where it is killed.  Linux; a seccomp filter hands the calls to this process.
 *   syscalls [-l LOG] [-n N -a ACTION] -- PROGRAM ARGUMENT...
 * ACTION is the number of an error, "short" (half of what read or write was asked for) or
 * "kill".  LOG gets a line for each call: its number, name and path.  The status is the
 * program's, 128 + its signal, or 125 when calls cannot be watched here. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define COULD_NOT_WATCH 125

/* path: which argument is one, or -1 */
static const struct watched {
    long nr;
    const char *name;
    int path;
} watched[] = {
#ifdef SYS_open
    { SYS_open, "open", 0 },
    { SYS_rename, "rename", 0 },
    { SYS_unlink, "unlink", 0 },
    { SYS_link, "link", 0 },
    { SYS_stat, "stat", 0 },
    { SYS_lstat, "lstat", 0 },
    { SYS_pipe, "pipe", -1 },
    { SYS_fork, "fork", -1 },
    { SYS_vfork, "vfork", -1 },
    { SYS_access, "access", 0 },
    { SYS_readlink, "readlink", 0 },
#endif
#ifdef SYS_renameat
    { SYS_renameat, "renameat", 1 },
#endif
#ifdef SYS_newfstatat
    { SYS_newfstatat, "newfstatat", 1 },
#endif
#ifdef SYS_fstat
    { SYS_fstat, "fstat", -1 },
#endif
    { SYS_openat, "openat", 1 },
    { SYS_read, "read", -1 },
    { SYS_write, "write", -1 },
    { SYS_close, "close", -1 },
    { SYS_fsync, "fsync", -1 },
    { SYS_renameat2, "renameat2", 1 },
    { SYS_unlinkat, "unlinkat", 1 },
    { SYS_linkat, "linkat", 1 },
    { SYS_statx, "statx", 1 },
    { SYS_getdents64, "getdents64", -1 },
    { SYS_flock, "flock", -1 },
    { SYS_mmap, "mmap", -1 },
    { SYS_mprotect, "mprotect", -1 },
    { SYS_clone, "clone", -1 },
    { SYS_clone3, "clone3", -1 },
    { SYS_pipe2, "pipe2", -1 },
    { SYS_lseek, "lseek", -1 },
    { SYS_poll, "poll", -1 },
    { SYS_faccessat, "faccessat", 1 },
    { SYS_readlinkat, "readlinkat", 1 },
};
#define WATCHED (sizeof watched / sizeof *watched)

static const struct watched *find(long nr)
{
    for (size_t i = 0; i < WATCHED; i++)
        if (watched[i].nr == nr)
            return &watched[i];
    return NULL;
}

/* ---- the program ---- */

static int install(void)
{
    struct sock_filter code[2 * WATCHED + 2];
    unsigned short n = 0;
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                             offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < WATCHED; i++) {
        code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                 (uint32_t)watched[i].nr, 0, 1);
        code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    }
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = { n, code };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                        SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* The listener goes to the parent through a socket. */
typedef union control {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int))];
} control;

static void message(struct msghdr *m, struct iovec *io, char *byte, control *c)
{
    *io = (struct iovec){ byte, 1 };
    memset(c, 0, sizeof *c);
    *m = (struct msghdr){ .msg_iov = io,
                          .msg_iovlen = 1,
                          .msg_control = c->room,
                          .msg_controllen = sizeof c->room };
}

static void start(int to, char **argv)
{
    struct msghdr m;
    struct iovec io;
    char byte = 'x';
    control c;
    int listener = install();
    if (listener < 0)
        _exit(COULD_NOT_WATCH);
    message(&m, &io, &byte, &c);
    c.head.cmsg_level = SOL_SOCKET;
    c.head.cmsg_type = SCM_RIGHTS;
    c.head.cmsg_len = CMSG_LEN(sizeof listener);
    memcpy(CMSG_DATA(&c.head), &listener, sizeof listener);
    if (sendmsg(to, &m, 0) == 1)
        execvp(argv[0], argv);
    _exit(COULD_NOT_WATCH);
}

static int receive(int from)
{
    struct msghdr m;
    struct iovec io;
    char byte;
    control c;
    int listener = -1;
    message(&m, &io, &byte, &c);
    if (recvmsg(from, &m, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&m))
        memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof listener);
    return listener;
}

/* ---- watching ---- */

typedef struct watch {
    int listener;
    pid_t program;
    long calls, number; /* so far, and the one that is meant */
    int error;
    bool cut, end;
    FILE *log;
} watch;

static void note(const watch *w, const struct seccomp_notif *call,
                 const struct watched *s)
{
    char path[256] = "";
    if (s->path >= 0) {
        struct iovec here = { path, sizeof path - 1 };
        struct iovec there = { (void *)(uintptr_t)call->data.args[s->path], 1 };
        /* Byte by byte: the text may end where its page does. */
        for (size_t i = 0; i + 1 < sizeof path; i++) {
            here = (struct iovec){ path + i, 1 };
            if (process_vm_readv((pid_t)call->pid, &here, 1, &there, 1, 0) != 1
                || !path[i])
                break;
            there.iov_base = (char *)there.iov_base + 1;
        }
    }
    fprintf(w->log, "%ld\t%s\t%s\n", w->calls, s->name, path);
}

/* Half of a read or write, done here for the program; -1 if that cannot be. */
static int64_t half(const struct seccomp_notif *call)
{
    char buf[4096];
    size_t n = call->data.args[2] / 2;
    ssize_t done = -1;
    if (n == 0)
        return -1;
    n = n < sizeof buf ? n : sizeof buf; /* what a pipe that is ready takes */
    int pidfd = (int)syscall(SYS_pidfd_open, call->pid, 0);
    int fd =
        pidfd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, (int)call->data.args[0], 0);
    struct iovec here = { buf, n };
    struct iovec there = { (void *)(uintptr_t)call->data.args[1], n };
    /* Whoever is at the other end may wait for an answer from here: only what is ready.
     */
    struct pollfd ready = { fd, call->data.nr == SYS_write ? POLLOUT : POLLIN, 0 };
    if (fd < 0 || poll(&ready, 1, 0) != 1 || (ready.revents & ready.events) == 0) {
        done = -1;
    } else if (call->data.nr == SYS_write) {
        if (process_vm_readv((pid_t)call->pid, &here, 1, &there, 1, 0) == (ssize_t)n)
            done = write(fd, buf, n);
    } else if (call->data.nr == SYS_read) {
        done = read(fd, buf, n);
        here.iov_len = there.iov_len = done > 0 ? (size_t)done : 0;
        if (done > 0
            && process_vm_writev((pid_t)call->pid, &here, 1, &there, 1, 0) != done)
            done = -1;
    }
    if (fd >= 0)
        close(fd);
    if (pidfd >= 0)
        close(pidfd);
    return done;
}

static void answer(watch *w, const struct seccomp_notif *call)
{
    const struct watched *s = find(call->data.nr);
    struct seccomp_notif_resp r = { .id = call->id,
                                    .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };
    w->calls++;
    if (w->log && s)
        note(w, call, s);
    if (w->calls == w->number) {
        int64_t done = w->cut ? half(call) : -1;
        if (w->end)
            kill(w->program, SIGKILL);
        if (done >= 0) {
            r.flags = 0;
            r.val = done;
        } else if (w->error) {
            r.flags = 0;
            r.error = -w->error;
        }
    }
    ioctl(w->listener, SECCOMP_IOCTL_NOTIF_SEND, &r); /* fails when the program is gone */
}

static int watch_all(watch *w)
{
    int status = 0;
    struct pollfd p = { w->listener, POLLIN, 0 };
    while (poll(&p, 1, -1) > 0 && !(p.revents & POLLHUP)) {
        struct seccomp_notif call;
        memset(&call, 0, sizeof call);
        if (ioctl(w->listener, SECCOMP_IOCTL_NOTIF_RECV, &call) == 0)
            answer(w, &call);
    }
    if (waitpid(w->program, &status, 0) < 0)
        return COULD_NOT_WATCH;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    watch w = { -1, -1, 0, 0, 0, false, false, NULL };
    int pair[2], c;
    while ((c = getopt(argc, argv, "+l:n:a:")) != -1) {
        if (c == 'l')
            w.log = fopen(optarg, "we");
        else if (c == 'n')
            w.number = atol(optarg);
        else if (c == 'a')
            w.error = atoi(optarg), w.cut = strcmp(optarg, "short") == 0,
            w.end = strcmp(optarg, "kill") == 0;
        else
            return COULD_NOT_WATCH;
    }
    if (optind == argc || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return COULD_NOT_WATCH;
    w.program = fork();
    if (w.program == 0)
        start(pair[1], argv + optind);
    close(pair[1]);
    w.listener = w.program < 0 ? -1 : receive(pair[0]);
    if (w.listener < 0)
        return COULD_NOT_WATCH;
    int status = watch_all(&w);
    if (w.log && fclose(w.log) != 0)
        return COULD_NOT_WATCH;
    return status;
}
