#include <vips/vips.h>

/* libvips is called through variadic and macro functions, which Swift cannot call; each has one plain function here. */

static void km_vips_silent(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data) {
    /* Warnings quote the picture's own bytes; they stay out of the server's log. */
}

/* Starts the library: only the four picture loaders and the JPEG writer stay open, nothing is cached. 0 when well. */
static inline int km_vips_start(void) {
    if (VIPS_INIT("kieumau") != 0) return -1;
    g_log_set_handler("VIPS", (GLogLevelFlags)(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG),
                      km_vips_silent, NULL);
    g_log_set_handler("GLib-GObject", G_LOG_LEVEL_WARNING, km_vips_silent, NULL);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
    vips_operation_block_set("VipsForeignLoadPng", FALSE);
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
    vips_operation_block_set("VipsForeignLoadHeif", FALSE);
    vips_operation_block_set("VipsForeignSave", TRUE);
    vips_operation_block_set("VipsForeignSaveJpeg", FALSE);
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_cache_set_max_files(0);
    vips_concurrency_set(1);
    return 0;
}

/* Reads the header only; pixels follow when asked for. The bytes are borrowed and must outlive the image. */
static inline VipsImage *km_vips_header(const void *bytes, size_t count) {
    return vips_image_new_from_buffer(bytes, count, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
}

/* Decodes no larger than needed, turned upright, in sRGB, never enlarged; a cut-off file is an error
   (said to the loader, since 8.14 does not hand on the "fail_on" of vips_thumbnail_buffer). */
static inline VipsImage *km_vips_reduced(const void *bytes, size_t count, int side) {
    VipsImage *out = NULL;
    vips_thumbnail_buffer((void *)bytes, count, &out, side, "height", side, "size", VIPS_SIZE_DOWN,
                          "export_profile", "srgb", "option_string", "[fail_on=truncated]", NULL);
    return out;
}

/* The same for a JPEG that is first halved, quartered or taken to an eighth while it is decoded: half the time and a
   third of the memory. libvips itself would do so only far above the wanted size. */
static inline VipsImage *km_vips_jpeg_reduced(const void *bytes, size_t count, int shrink, int side) {
    VipsImage *out = NULL;
    VipsImage *in = vips_image_new_from_buffer(bytes, count, "", "access", VIPS_ACCESS_SEQUENTIAL, "shrink", shrink,
                                               "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL);
    if (!in) return NULL;
    vips_thumbnail_image(in, &out, side, "height", side, "size", VIPS_SIZE_DOWN, "export_profile", "srgb", NULL);
    g_object_unref(in);
    return out;
}

static inline VipsImage *km_vips_smaller(VipsImage *image, int side) {
    VipsImage *out = NULL;
    vips_thumbnail_image(image, &out, side, "height", side, "size", VIPS_SIZE_DOWN, NULL);
    return out;
}

static inline VipsImage *km_vips_srgb(VipsImage *image) {
    VipsImage *out = NULL;
    vips_colourspace(image, &out, VIPS_INTERPRETATION_sRGB, NULL);
    return out;
}

/* Lays what is transparent on white paper. */
static inline VipsImage *km_vips_on_white(VipsImage *image) {
    VipsImage *out = NULL;
    double white[] = {255, 255, 255};
    VipsArrayDouble *paper = vips_array_double_new(white, image->Bands > 2 ? 3 : 1);
    vips_flatten(image, &out, "background", paper, NULL);
    vips_area_unref(VIPS_AREA(paper));
    return out;
}

/* Writes JPEG without any metadata. The buffer is the caller's, to be given back with g_free. 0 when well. */
static inline int km_vips_jpeg(VipsImage *image, int quality, void **bytes, size_t *count) {
    return vips_jpegsave_buffer(image, bytes, count, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, NULL);
}

static inline void km_vips_close(VipsImage *image) {
    if (image) g_object_unref(image);
}
