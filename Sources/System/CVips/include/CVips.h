#ifndef KIEUMAU_CVIPS_H
#define KIEUMAU_CVIPS_H

#include <stddef.h>

/* What Kiểu Mẫu asks of libvips. The library and the forty others it brings are loaded at the first picture: a server
   that sees none starts sooner and is some 12 MiB smaller (docs/decisions/0020). */

/* A picture of the library, its header read and its pixels perhaps not yet. */
typedef struct _VipsImage KMPicture;

/* Loads and starts the library: only the four picture loaders and the JPEG writer stay open, nothing is cached.
   0 when well, -1 when it is not installed or lacks something. To be called once, before anything else here. */
int km_vips_start(void);

/* Whether the library is there to be loaded; loads it. */
int km_vips_is_there(void);

/* Reads the header only; pixels follow when asked for. The bytes are borrowed and must outlive the image. */
KMPicture *km_vips_header(const void *bytes, size_t count);

/* Decodes no larger than needed, turned upright, in sRGB, never enlarged; a cut-off file is an error. */
KMPicture *km_vips_reduced(const void *bytes, size_t count, int side);

/* The same for a JPEG that is first halved, quartered or taken to an eighth while it is decoded: half the time and a
   third of the memory. libvips itself would do so only far above the wanted size. */
KMPicture *km_vips_jpeg_reduced(const void *bytes, size_t count, int shrink, int side);

KMPicture *km_vips_smaller(KMPicture *image, int side);
KMPicture *km_vips_srgb(KMPicture *image);

/* Lays what is transparent on white paper. */
KMPicture *km_vips_on_white(KMPicture *image);

/* Its pixels decoded and held. */
KMPicture *km_vips_kept(KMPicture *image);

int km_vips_width(KMPicture *image);
int km_vips_height(KMPicture *image);
int km_vips_has_alpha(KMPicture *image);

/* What the picture says of itself under a name, borrowed; NULL where it says nothing. */
const char *km_vips_text(KMPicture *image, const char *name);

/* Writes JPEG without any metadata. The buffer is to be given back with km_vips_free. 0 when well. */
int km_vips_jpeg(KMPicture *image, int quality, void **bytes, size_t *count);

void km_vips_free(void *bytes);
void km_vips_close(KMPicture *image);

/* Forgets this thread's errors and what else it keeps. */
void km_vips_rest(void);

#endif
