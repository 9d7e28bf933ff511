/*
 * Preloaded into `nginx -t` and `apache2 -t`: makes them judge the text of a config alone, and fast.
 *
 * The machine agrees with whatever the text names: users exist, host names resolve, sockets bind, missing certificates, included
 * files and directories are stubs, nothing is written. What is then refused is refused for the text.
 *
 * The server starts once, loads its modules, and is stopped where it opens the file ORACLE_MAGIC. From there it reads requests, one
 * a line of standard input, `<path of the config>\t<folder of the files that it includes>`. For each it forks; the child goes on as
 * if the config were the magic file. The answer on standard output is `<exit status> <length>\n` and what the server printed.
 *
 * ORACLE_SANDBOX: folder of the configs; patterns outside match nothing. A file missing in it is looked for in the request's folder.
 * ORACLE_DIRECTIVES: if it is set, nginx prints what it reads, see `directives.c`.
 * ORACLE_STUBS: folder with `__pem`, `__empty`, `__ticket`, `__dir` and files that are found by their base name.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define OUTPUT_LIMIT (256 * 1024)
#define SECONDS_PER_CONFIG 10

/* Declares `next`: the C library's own function of this name. */
#define NEXT(function) \
    static __typeof__(function) *next; \
    if (!next) next = (__typeof__(next)) dlsym(RTLD_NEXT, #function)

typedef int (*open_function)(const char *, int, ...);

static char include_folder[PATH_SIZE / 2];

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int starts_with(const char *text, const char *prefix) {
    return *prefix && strncmp(text, prefix, strlen(prefix)) == 0;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int is_apache(void) {
    return strcmp(program_invocation_short_name, "apache2") == 0 || strcmp(program_invocation_short_name, "httpd") == 0;
}

/* What the process itself needs: libraries, name service, OpenSSL's own settings. */
static int is_system_path(const char *path) {
    static const char *const prefixes[] = {"/proc/", "/sys/", "/dev/", "/lib", "/usr/lib", "/usr/share/zoneinfo", "/etc/nsswitch",
        "/etc/passwd", "/etc/group", "/etc/host", "/etc/resolv", "/etc/ld.so", "/etc/gai", "/etc/services", "/etc/localtime",
        "/etc/crypto", "/etc/ssl/openssl", NULL};
    for (int index = 0; prefixes[index]; index++)
        if (starts_with(path, prefixes[index])) return 1;
    return 0;
}

static int is_missing(void) {
    return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
}

/* A path below the sandbox, as the same path below the folder of the request. */
static const char *in_include_folder(const char *path, char *buffer) {
    const char *sandbox = setting("ORACLE_SANDBOX");
    if (!*include_folder || !starts_with(path, sandbox)) return NULL;
    const char *rest = path + strlen(sandbox);
    while (*rest == '/') rest++;
    snprintf(buffer, PATH_SIZE, "%s/%s", include_folder, rest);
    return buffer;
}

static const char *stub(const char *name, char *buffer) {
    snprintf(buffer, PATH_SIZE, "%s/%s", setting("ORACLE_STUBS"), name);
    return buffer;
}

/* What stands in for a missing file: one of the same name, a ticket key of the right length, or `fallback`. */
static const char *stub_for(const char *path, const char *fallback, char *buffer) {
    const char *name = base_name(path);
    if (*name && name[0] != '_' && access(stub(name, buffer), R_OK) == 0) return buffer;
    return stub(strcasestr(name, "ticket") ? "__ticket" : fallback, buffer);
}

/* --- the fork server ------------------------------------------------------------------------------------------------ */

static int read_line(char *line, size_t size) {
    size_t length = 0;
    for (;;) {
        char character;
        ssize_t count = read(STDIN_FILENO, &character, 1);
        if (count <= 0) return 0;
        if (character == '\n') break;
        if (length + 1 < size) line[length++] = character;
    }
    line[length] = 0;
    return 1;
}

static void write_all(int fd, const char *data, size_t length) {
    while (length > 0) {
        ssize_t count = write(fd, data, length);
        if (count <= 0) _exit(1);
        data += count;
        length -= (size_t) count;
    }
}

static void answer(int fd, pid_t child) {
    static char output[OUTPUT_LIMIT];
    char chunk[4096], head[64];
    size_t length = 0;
    ssize_t count;
    int status;
    while ((count = read(fd, chunk, sizeof chunk)) > 0) {
        size_t kept = length + (size_t) count > sizeof output ? sizeof output - length : (size_t) count;
        memcpy(output + length, chunk, kept);
        length += kept;
    }
    waitpid(child, &status, 0);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    write_all(STDOUT_FILENO, head, (size_t) snprintf(head, sizeof head, "%d %zu\n", code, length));
    write_all(STDOUT_FILENO, output, length);
}

void print_directives(void);

/* Returns in the child only, with the opened config. */
static int serve(open_function real, int flags) {
    char line[2 * PATH_SIZE];
    if (*setting("ORACLE_DIRECTIVES")) print_directives();
    while (read_line(line, sizeof line)) {
        int ends[2];
        if (pipe(ends) != 0) _exit(1);
        pid_t child = fork();
        if (child < 0) _exit(1);
        if (child == 0) {
            char *tab = strchr(line, '\t');
            if (tab) {
                *tab = 0;
                snprintf(include_folder, sizeof include_folder, "%s", tab + 1);
            }
            dup2(ends[1], STDOUT_FILENO);
            dup2(ends[1], STDERR_FILENO);
            close(ends[0]);
            close(ends[1]);
            int null = real("/dev/null", O_RDONLY);
            dup2(null, STDIN_FILENO);
            close(null);
            alarm(SECONDS_PER_CONFIG);
            return real(line, flags);
        }
        close(ends[1]);
        answer(ends[0], child);
        close(ends[0]);
    }
    _exit(0);
}

/* --- files ---------------------------------------------------------------------------------------------------------- */

static int open_or_stub(open_function real, const char *path, int flags, mode_t mode) {
    char buffer[PATH_SIZE];
    if (strcmp(path, setting("ORACLE_MAGIC")) == 0) return serve(real, flags);
    if (flags & (O_WRONLY | O_RDWR | O_CREAT)) {
        if (starts_with(path, "/dev/")) return real(path, flags, mode);
        return real("/dev/null", flags & ~(O_CREAT | O_EXCL | O_TRUNC), mode);
    }
    int fd = real(path, flags, mode);
    if (fd >= 0 || !is_missing() || is_system_path(path) || (flags & O_DIRECTORY)) return fd;
    const char *other = in_include_folder(path, buffer);
    if (other && (fd = real(other, flags, mode)) >= 0) return fd;
    return real(stub_for(path, "__empty", buffer), flags, mode);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        return open_or_stub(next, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }

typedef FILE *(*fopen_function)(const char *, const char *);

/* OpenSSL reads certificates, keys, lists and parameters this way. */
static FILE *fopen_or_stub(fopen_function real, const char *path, const char *mode) {
    char buffer[PATH_SIZE];
    FILE *file = real(path, mode);
    if (file || mode[0] != 'r' || !is_missing() || is_system_path(path)) return file;
    const char *other = in_include_folder(path, buffer);
    if (other && (file = real(other, mode))) return file;
    return real(stub_for(path, "__pem", buffer), mode);
}

FILE *fopen(const char *path, const char *mode) {
    NEXT(fopen);
    return fopen_or_stub(next, path, mode);
}

FILE *fopen64(const char *path, const char *mode) {
    NEXT(fopen64);
    return fopen_or_stub(next, path, mode);
}

/* httpd asks whether files and directories are there while it reads; the name has to tell which is meant. */
static int looks_like_directory(const char *path) {
    const char *name = base_name(path);
    if (!*name) return 1;
    if (strchr(name, '.')) return 0;
    return !strcasestr(path, "ssl") && !strcasestr(path, "tls") && !strcasestr(path, "cert") && !strcasestr(path, "key");
}

typedef int (*stat_function)(const char *, void *);

static int stat_or_stub(stat_function real, const char *path, void *result) {
    char buffer[PATH_SIZE];
    int code = real(path, result);
    if (code == 0 || !is_missing() || is_system_path(path)) return code;
    const char *other = in_include_folder(path, buffer);
    if (other && real(other, result) == 0) return 0;
    if (strpbrk(base_name(path), "*?[")) {
        errno = ENOENT;
        return -1;
    }
    return real(stub(!is_apache() || looks_like_directory(path) ? "__dir" : "__pem", buffer), result);
}

#define STAT(name, type) \
    int name(const char *path, type *result) { \
        NEXT(name); \
        return stat_or_stub((stat_function) next, path, result); \
    }
STAT(stat, struct stat)
STAT(stat64, struct stat64)
STAT(lstat, struct stat)
STAT(lstat64, struct stat64)

DIR *opendir(const char *path) {
    NEXT(opendir);
    char buffer[PATH_SIZE];
    DIR *directory = next(path);
    if (directory || !is_missing() || is_system_path(path)) return directory;
    const char *other = in_include_folder(path, buffer);
    if (other && (directory = next(other))) return directory;
    return next(stub("__dir", buffer));
}

int glob(const char *pattern, int flags, int (*on_error)(const char *, int), glob_t *result) {
    NEXT(glob);
    char buffer[PATH_SIZE];
    const char *other = in_include_folder(pattern, buffer);
    if (other) return next(other, flags, on_error, result);
    memset(result, 0, sizeof *result);
    return GLOB_NOMATCH;
}

int glob64(const char *pattern, int flags, int (*on_error)(const char *, int), glob64_t *result) {
    return glob(pattern, flags, on_error, (glob_t *) result);
}

/* Unloading a hundred modules and running their destructors would take most of the time of a verdict. */
int dlclose(void *handle) { (void) handle; return 0; }

void exit(int code) {
    fflush(NULL);
    _exit(code);
}

int mkdir(const char *path, mode_t mode) { (void) path; (void) mode; return 0; }
int chown(const char *path, uid_t user, gid_t group) { (void) path; (void) user; (void) group; return 0; }
int chmod(const char *path, mode_t mode) { (void) path; (void) mode; return 0; }
int unlink(const char *path) { (void) path; return 0; }
int rename(const char *from, const char *to) { (void) from; (void) to; return 0; }

/* --- network ---------------------------------------------------------------------------------------------------------- */

int bind(int fd, const struct sockaddr *address, socklen_t length) { (void) fd; (void) address; (void) length; return 0; }
int listen(int fd, int backlog) { (void) fd; (void) backlog; return 0; }

int socket(int domain, int type, int protocol) {
    NEXT(socket);
    int fd = next(domain, type, protocol);
    return fd < 0 && domain == AF_INET6 ? next(AF_INET, type, protocol) : fd;
}

static int is_numeric_host(const char *name) {
    if (strchr(name, ':')) return 1;
    return *name && name[strspn(name, "0123456789.")] == 0;
}

/* What could stand in a zone; anything else fails, as it would with a resolver. */
static int is_host_name(const char *name) {
    if (!*name || strlen(name) > 253) return 0;
    for (; *name; name++)
        if (!isalnum((unsigned char) *name) && !strchr("-_.", *name)) return 0;
    return 1;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    NEXT(getaddrinfo);
    if (!name) return next(name, service, hints, result);
    struct addrinfo numeric = {0};
    if (hints) numeric = *hints;
    numeric.ai_flags = (numeric.ai_flags | AI_NUMERICHOST) & ~AI_ADDRCONFIG;
    if (is_numeric_host(name)) return next(name, service, &numeric, result);
    if (!is_host_name(name)) return EAI_NONAME;
    return next(numeric.ai_family == AF_INET6 ? "::1" : "127.0.0.1", service, &numeric, result);
}

struct hostent *gethostbyname(const char *name) {
    NEXT(gethostbyname);
    if (is_numeric_host(name)) return next(name);
    return is_host_name(name) ? next("127.0.0.1") : NULL;
}

/* --- users ------------------------------------------------------------------------------------------------------------ */

static char none[] = "";
static char folder[] = "/";
static char *members[] = {NULL};
static struct passwd any_user = {none, none, 33, 33, none, folder, none};
static struct group any_group = {none, none, 33, members};

static int is_account(const char *name) {
    if (!isalpha((unsigned char) *name) && *name != '_') return 0;
    for (; *name; name++)
        if (!isalnum((unsigned char) *name) && !strchr("-_.", *name)) return 0;
    return 1;
}

struct passwd *getpwnam(const char *name) { return is_account(name) ? &any_user : NULL; }
struct group *getgrnam(const char *name) { return is_account(name) ? &any_group : NULL; }

int getpwnam_r(const char *name, struct passwd *entry, char *buffer, size_t size, struct passwd **result) {
    (void) buffer;
    (void) size;
    *entry = any_user;
    *result = is_account(name) ? entry : NULL;
    return 0;
}

int getgrnam_r(const char *name, struct group *entry, char *buffer, size_t size, struct group **result) {
    (void) buffer;
    (void) size;
    *entry = any_group;
    *result = is_account(name) ? entry : NULL;
    return 0;
}
