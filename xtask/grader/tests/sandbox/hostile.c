/* What a submission might try, one attempt a call. Prints what came of it: "done", or the error's name. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int told(int result) {
    puts(result < 0 ? strerrorname_np(errno) : "done");
    return 0;
}

static int read_first_byte(const char *path) {
    char byte;
    int file = open(path, O_RDONLY);
    return file < 0 ? -1 : (int)read(file, &byte, 1);
}

static int fill(const char *path, long mebibytes) {
    static char zeroes[1 << 20];
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) return -1;
    for (long i = 0; i < mebibytes; i++)
        for (size_t left = sizeof zeroes; left;) {
            ssize_t written = write(file, zeroes, left);
            if (written < 0) return -1;
            left -= (size_t)written;
        }
    return 0;
}

static int connect_to(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int end = socket(AF_INET, SOCK_STREAM, 0);
    return end < 0 ? -1 : connect(end, (struct sockaddr *)&address, sizeof address);
}

/* To a service of its own. */
static int meet(void) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int service = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(service, (struct sockaddr *)&address, length) < 0 || listen(service, 1) < 0) return -1;
    if (getsockname(service, (struct sockaddr *)&address, &length) < 0) return -1;
    return connect_to(ntohs(address.sin_port));
}

static int connect_to_abstract(const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path + 1, name);
    int end = socket(AF_UNIX, SOCK_STREAM, 0);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
    return end < 0 ? -1 : connect(end, (struct sockaddr *)&address, length);
}

/* Long enough to be found, by its word, if it should have been ended. */
static void linger(void) { sleep(60); puts("awake"); exit(0); }

/* Starts processes that wait, until one cannot be started, or there are as many as it may. Prints their number. */
static int bomb(int at_most) {
    int started = 0;
    while (started < at_most) {
        pid_t child = fork();
        if (child == 0) linger();
        if (child < 0) { printf("%d %s\n", started, strerrorname_np(errno)); return 0; }
        started++;
    }
    printf("%d\n", started);
    return 0;
}

static void *wait_for_ever(void *nothing) { linger(); return nothing; }

static int threads(int at_most) {
    int started = 0, error = 0;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    pthread_t thread;
    while (started < at_most && !(error = pthread_create(&thread, &small, wait_for_ever, NULL))) started++;
    printf("%d %s\n", started, error ? strerrorname_np(error) : "");
    return 0;
}

/* Takes memory and uses it, by one mebibyte, until there is none, or as much as it may. Prints how much. */
static int eat(long at_most) {
    long eaten = 0;
    while (eaten < at_most) {
        void *page = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED) { printf("%ld %s\n", eaten, strerrorname_np(errno)); return 0; }
        memset(page, 1, 1 << 20);
        eaten++;
    }
    printf("%ld\n", eaten);
    return 0;
}

/* Every process that can be signalled, but for this one and the first of its world. */
static int others(void) {
    int seen = 0;
    for (pid_t other = 2; other < 100000; other++)
        if (other != getpid() && (kill(other, 0) == 0 || errno == EPERM)) seen++;
    printf("%d\n", seen);
    return 0;
}

static void spin(void) {
    for (volatile uint64_t sum = 0;; sum += 1) {}
}

static void *spin_in_thread(void *nothing) { spin(); return nothing; }

int main(int count, char **words) {
    const char *what = count > 1 ? words[1] : "", *with = count > 2 ? words[2] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!strcmp(what, "landlock")) {
        /* Asks for the version: 1 or more, if the kernel has it. */
        printf("%ld\n", syscall(SYS_landlock_create_ruleset, NULL, 0, 1));
        return 0;
    }
    if (!strcmp(what, "nothing")) return 0;
    if (!strcmp(what, "exit")) return atoi(with);
    if (!strcmp(what, "signal")) { signal(atoi(with), SIG_DFL); return raise(atoi(with)); }
    if (!strcmp(what, "read")) return told(read_first_byte(with));
    if (!strcmp(what, "stat")) { struct stat seen; return told(stat(with, &seen)); }
    if (!strcmp(what, "write")) return told(fill(with, 0));
    if (!strcmp(what, "fill")) return told(fill(with, atol(words[3])));
    if (!strcmp(what, "mkdir")) return told(mkdir(with, 0700));
    if (!strcmp(what, "unlink")) return told(unlink(with));
    if (!strcmp(what, "chmod")) return told(chmod(with, 0777));
    if (!strcmp(what, "openat2")) {
        uint64_t how[3] = {O_WRONLY | O_CREAT, 0600, 0};
        return told((int)syscall(SYS_openat2, AT_FDCWD, with, how, sizeof how));
    }
    if (!strcmp(what, "connect")) return told(connect_to(atoi(with)));
    if (!strcmp(what, "meet")) return told(meet());
    if (!strcmp(what, "abstract")) return told(connect_to_abstract(with));
    if (!strcmp(what, "pair")) { int ends[2]; return told(socketpair(AF_UNIX, SOCK_STREAM, 0, ends)); }
    if (!strcmp(what, "udp")) return told(socket(AF_INET6, SOCK_DGRAM, 0));
    if (!strcmp(what, "netlink")) return told(socket(AF_NETLINK, SOCK_RAW, 0));
    if (!strcmp(what, "fork")) { pid_t child = fork(); if (child == 0) _exit(0); return told(child); }
    if (!strcmp(what, "vfork")) { pid_t child = vfork(); if (child == 0) _exit(0); return told(child); }
    if (!strcmp(what, "clone3")) {
        struct clone_args how = {.exit_signal = SIGCHLD};
        long child = syscall(SYS_clone3, &how, sizeof how);
        if (child == 0) _exit(0);
        return told((int)child);
    }
    if (!strcmp(what, "exec")) { execl(words[0], words[0], "nothing", NULL); return told(-1); }
    if (!strcmp(what, "execveat")) {
        char *arguments[] = {words[0], "nothing", NULL};
        syscall(SYS_execveat, AT_FDCWD, words[0], arguments, environ, 0);
        return told(-1);
    }
    if (!strcmp(what, "system")) return told(system("true") == 0 ? 0 : -1);
    if (!strcmp(what, "bomb")) return bomb(atoi(with));
    if (!strcmp(what, "threads")) return threads(atoi(with));
    if (!strcmp(what, "eat")) return eat(atol(with));
    if (!strcmp(what, "spin")) spin();
    if (!strcmp(what, "spin-by-two")) {
        pthread_t thread;
        pthread_create(&thread, NULL, spin_in_thread, NULL);
        spin();
    }
    if (!strcmp(what, "sleep")) { puts("asleep"); linger(); }
    if (!strcmp(what, "orphan")) {
        if (fork() == 0) { setsid(); if (fork() == 0) linger(); _exit(0); }
        wait(NULL);
        return told(0);
    }
    if (!strcmp(what, "others")) return others();
    if (!strcmp(what, "kill-first")) return told(kill(1, SIGKILL));
    if (!strcmp(what, "ptrace-first")) return told((int)ptrace(PTRACE_ATTACH, 1, 0, 0));
    if (!strcmp(what, "trace-me")) return told((int)ptrace(PTRACE_TRACEME, 0, 0, 0));
    if (!strcmp(what, "unshare")) return told(unshare(CLONE_NEWUSER));
    if (!strcmp(what, "clone-newuser"))
        return told((int)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
    if (!strcmp(what, "setns")) return told(setns(0, 0));
    if (!strcmp(what, "mount")) return told(mount("none", "/tmp", "tmpfs", 0, ""));
    if (!strcmp(what, "chroot")) return told(chroot("/tmp"));
    if (!strcmp(what, "io_uring")) { char parameters[256] = {0}; return told((int)syscall(SYS_io_uring_setup, 1, parameters)); }
    if (!strcmp(what, "memfd")) return told(memfd_create("x", 0));
    if (!strcmp(what, "setuid")) return told(setuid(0));
    if (!strcmp(what, "setgroups")) return told(setgroups(0, NULL));
    if (!strcmp(what, "ids")) { printf("%d %d %d\n", getuid(), geteuid(), getgid()); return 0; }
    if (!strcmp(what, "raise-limit")) {
        struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
        return told(setrlimit(RLIMIT_AS, &all));
    }
    if (!strcmp(what, "descriptors")) {
        int open_ones = 0;
        for (int i = 3; i < 4096; i++) open_ones += fcntl(i, F_GETFD) >= 0;
        printf("%d\n", open_ones);
        return 0;
    }
    if (!strcmp(what, "environment")) { for (char **entry = environ; *entry; entry++) puts(*entry); return 0; }
    if (!strcmp(what, "self")) {
        char path[256] = {0};
        if (readlink("/proc/self/exe", path, sizeof path - 1) < 0) return told(-1);
        puts(path);
        return 0;
    }
    if (!strcmp(what, "folder")) { puts(getcwd(NULL, 0)); return 0; }
    if (!strcmp(what, "foreign-call")) { /* The x32 number of getpid. */ return told((int)syscall(0x40000000 + 39)); }
    fprintf(stderr, "unknown attempt: %s\n", what);
    return 99;
}
