/*
 * Makes nginx print each directive that it hands to a module: the words as it has read them, indented by the blocks around. In front of the
 * function of each directive, in the tables of all modules, is put one that prints and then goes on to it.
 *
 * The types below are the parts of nginx's own that are needed (src/core/ngx_module.h, ngx_conf_file.h, ngx_array.h of nginx 1.22).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    size_t length;
    unsigned char *data;
} text;

typedef struct {
    void *items;
    uintptr_t count;
} array;

typedef struct {
    char *name;
    array *words;
} config;

typedef struct command command;
typedef char *(*setter)(config *, command *, void *);

struct command {
    text name;
    uintptr_t type;
    setter set;
    uintptr_t place, offset;
    void *post;
};

typedef struct {
    uintptr_t context_index, index;
    char *name;
    uintptr_t spare0, spare1, version;
    const char *signature;
    void *context;
    command *commands;
} module;

#define SLOTS 8192

static struct {
    command *key;
    setter set;
} known[SLOTS];
static int depth;

static size_t slot_of(command *key) {
    size_t slot = ((uintptr_t) key / sizeof(command)) % SLOTS;
    while (known[slot].key && known[slot].key != key) slot = (slot + 1) % SLOTS;
    return slot;
}

static char *spy(config *conf, command *key, void *settings) {
    char line[16384];
    size_t length = 0;
    text *words = conf->words->items;
    for (int level = 0; level < depth && length < 200; level++) line[length++] = '\t';
    for (uintptr_t index = 0; index < conf->words->count; index++) {
        length += (size_t) snprintf(line + length, sizeof line - length, "<%.*s>", (int) words[index].length, words[index].data);
        if (length >= sizeof line - 1) length = sizeof line - 2;
    }
    line[length++] = '\n';
    if (write(STDOUT_FILENO, line, length) < 0) _exit(1);
    depth++;
    char *result = known[slot_of(key)].set(conf, key, settings);
    depth--;
    return result;
}

static void spy_on(module **modules) {
    for (; modules && *modules; modules++) {
        for (command *each = (*modules)->commands; each && each->name.length > 0; each++) {
            if (!each->set || each->set == spy) continue;
            size_t slot = slot_of(each);
            known[slot].key = each;
            known[slot].set = each->set;
            each->set = spy;
        }
    }
}

static int spy_on_object(struct dl_phdr_info *object, size_t size, void *data) {
    (void) size;
    (void) data;
    void *handle = strstr(object->dlpi_name, "/nginx/") ? dlopen(object->dlpi_name, RTLD_LAZY | RTLD_NOLOAD) : NULL;
    if (handle) spy_on(dlsym(handle, "ngx_modules"));
    return 0;
}

void print_directives(void) {
    spy_on(dlsym(RTLD_DEFAULT, "ngx_modules"));
    dl_iterate_phdr(spy_on_object, NULL);
}
