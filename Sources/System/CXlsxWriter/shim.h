#include <stdio.h>
#include <xlsxwriter.h>

/* Rows wait in a temporary file whose writes the library does not check. Says 1 when one of them failed:
   a full disk would otherwise end in a shorter sheet without a word. */
static inline int km_rows_lost(lxw_worksheet *sheet) {
    FILE *rows = sheet->optimize_tmpfile;
    return rows && (ferror(rows) || fflush(rows) != 0);
}
