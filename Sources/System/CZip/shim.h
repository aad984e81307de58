#include <stdlib.h>
#include <zip.h>

/* Opens an archive that lies in memory, read-only. The bytes are borrowed and must outlive the archive. */
static inline zip_t *km_zip_open(const void *bytes, size_t count) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, count, 0, &error);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !archive) zip_source_free(source);
    zip_error_fini(&error);
    return archive;
}
