#include "include/CVips.h"

#include <dlfcn.h>

/* The names below are libvips 8's and GLib 2's; both promise them for as long as the number in the file's name stays,
   and the constants are those of their headers. Most take pairs of name and value, ended by NULL. */

#ifdef __APPLE__
#define LIBRARY "libvips.42.dylib"
#else
#define LIBRARY "libvips.so.42"
#endif

enum { ACCESS_SEQUENTIAL = 1, FAIL_ON_TRUNCATED = 1, SIZE_DOWN = 2, INTERPRETATION_SRGB = 22 };
enum { LOG_WARNING = 1 << 4, LOG_INFO = 1 << 6, LOG_DEBUG = 1 << 7 };

typedef KMPicture Picture;
typedef void LogFunction(const char *domain, int level, const char *text, void *data);

static int (*start)(const char *program);
static void (*block_untrusted_set)(int);
static void (*operation_block_set)(const char *, int);
static void (*cache_set_max)(int);
static void (*cache_set_max_mem)(size_t);
static void (*cache_set_max_files)(int);
static void (*concurrency_set)(int);
static void (*error_clear)(void);
static void (*thread_shutdown)(void);
static Picture *(*image_new_from_buffer)(const void *, size_t, const char *options, ...);
static int (*thumbnail_buffer)(void *, size_t, Picture **, int width, ...);
static int (*thumbnail_image)(Picture *, Picture **, int width, ...);
static int (*colourspace)(Picture *, Picture **, int space, ...);
static int (*flatten)(Picture *, Picture **, ...);
static int (*jpegsave_buffer)(Picture *, void **, size_t *, ...);
static Picture *(*image_copy_memory)(Picture *);
static int (*image_get_width)(const Picture *);
static int (*image_get_height)(const Picture *);
static int (*image_get_bands)(const Picture *);
static int (*image_hasalpha)(Picture *);
static size_t (*image_get_typeof)(const Picture *, const char *);
static int (*image_get_string)(const Picture *, const char *, const char **);
static void *(*array_double_new)(const double *, int);
static void (*area_unref)(void *);
static unsigned (*log_set_handler)(const char *, int levels, LogFunction *, void *);
static void (*object_unref)(void *);
static void (*free_bytes)(void *);

static const struct {
    const char *name;
    void *place;
} wanted[] = {
    {"vips_init", &start},
    {"vips_block_untrusted_set", &block_untrusted_set},
    {"vips_operation_block_set", &operation_block_set},
    {"vips_cache_set_max", &cache_set_max},
    {"vips_cache_set_max_mem", &cache_set_max_mem},
    {"vips_cache_set_max_files", &cache_set_max_files},
    {"vips_concurrency_set", &concurrency_set},
    {"vips_error_clear", &error_clear},
    {"vips_thread_shutdown", &thread_shutdown},
    {"vips_image_new_from_buffer", &image_new_from_buffer},
    {"vips_thumbnail_buffer", &thumbnail_buffer},
    {"vips_thumbnail_image", &thumbnail_image},
    {"vips_colourspace", &colourspace},
    {"vips_flatten", &flatten},
    {"vips_jpegsave_buffer", &jpegsave_buffer},
    {"vips_image_copy_memory", &image_copy_memory},
    {"vips_image_get_width", &image_get_width},
    {"vips_image_get_height", &image_get_height},
    {"vips_image_get_bands", &image_get_bands},
    {"vips_image_hasalpha", &image_hasalpha},
    {"vips_image_get_typeof", &image_get_typeof},
    {"vips_image_get_string", &image_get_string},
    {"vips_array_double_new", &array_double_new},
    {"vips_area_unref", &area_unref},
    {"g_log_set_handler", &log_set_handler},
    {"g_object_unref", &object_unref},
    {"g_free", &free_bytes},
};

static void *library(void) { return dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL); }

int km_vips_is_there(void) { return library() != NULL; }

/* Warnings quote the picture's own bytes; they stay out of the server's log. */
static void silent(const char *domain, int level, const char *text, void *data) {
    (void)domain;
    (void)level;
    (void)text;
    (void)data;
}

int km_vips_start(void) {
    void *from = library();
    if (!from) return -1;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        void *found = dlsym(from, wanted[i].name);
        if (!found) return -1;
        *(void **)wanted[i].place = found;
    }
    if (start("kieumau") != 0) return -1;
    log_set_handler("VIPS", LOG_WARNING | LOG_INFO | LOG_DEBUG, silent, NULL);
    log_set_handler("GLib-GObject", LOG_WARNING, silent, NULL);
    block_untrusted_set(1);
    operation_block_set("VipsForeignLoad", 1);
    operation_block_set("VipsForeignLoadJpeg", 0);
    operation_block_set("VipsForeignLoadPng", 0);
    operation_block_set("VipsForeignLoadWebp", 0);
    operation_block_set("VipsForeignLoadHeif", 0);
    operation_block_set("VipsForeignSave", 1);
    operation_block_set("VipsForeignSaveJpeg", 0);
    cache_set_max(0);
    cache_set_max_mem(0);
    cache_set_max_files(0);
    concurrency_set(1);
    return 0;
}

Picture *km_vips_header(const void *bytes, size_t count) {
    return image_new_from_buffer(bytes, count, "", "access", ACCESS_SEQUENTIAL, NULL);
}

Picture *km_vips_reduced(const void *bytes, size_t count, int side) {
    Picture *out = NULL;
    /* Said to the loader, since 8.14 does not hand on the "fail_on" of vips_thumbnail_buffer. */
    thumbnail_buffer((void *)bytes, count, &out, side, "height", side, "size", SIZE_DOWN, "export_profile", "srgb",
                     "option_string", "[fail_on=truncated]", NULL);
    return out;
}

Picture *km_vips_jpeg_reduced(const void *bytes, size_t count, int shrink, int side) {
    Picture *out = NULL;
    Picture *in = image_new_from_buffer(bytes, count, "", "access", ACCESS_SEQUENTIAL, "shrink", shrink, "fail_on",
                                        FAIL_ON_TRUNCATED, NULL);
    if (!in) return NULL;
    thumbnail_image(in, &out, side, "height", side, "size", SIZE_DOWN, "export_profile", "srgb", NULL);
    object_unref(in);
    return out;
}

Picture *km_vips_smaller(Picture *image, int side) {
    Picture *out = NULL;
    thumbnail_image(image, &out, side, "height", side, "size", SIZE_DOWN, NULL);
    return out;
}

Picture *km_vips_srgb(Picture *image) {
    Picture *out = NULL;
    colourspace(image, &out, INTERPRETATION_SRGB, NULL);
    return out;
}

Picture *km_vips_on_white(Picture *image) {
    Picture *out = NULL;
    double white[] = {255, 255, 255};
    void *paper = array_double_new(white, image_get_bands(image) > 2 ? 3 : 1);
    flatten(image, &out, "background", paper, NULL);
    area_unref(paper);
    return out;
}

Picture *km_vips_kept(Picture *image) { return image_copy_memory(image); }

int km_vips_width(Picture *image) { return image_get_width(image); }

int km_vips_height(Picture *image) { return image_get_height(image); }

int km_vips_has_alpha(Picture *image) { return image_hasalpha(image); }

const char *km_vips_text(Picture *image, const char *name) {
    const char *text = NULL;
    if (image_get_typeof(image, name) == 0 || image_get_string(image, name, &text) != 0) return NULL;
    return text;
}

int km_vips_jpeg(Picture *image, int quality, void **bytes, size_t *count) {
    return jpegsave_buffer(image, bytes, count, "Q", quality, "strip", 1, "optimize_coding", 1, NULL);
}

void km_vips_free(void *bytes) { free_bytes(bytes); }

void km_vips_close(Picture *image) {
    if (image) object_unref(image);
}

void km_vips_rest(void) {
    error_clear();
    thread_shutdown();
}
