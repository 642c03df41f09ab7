// libxlsxwriter writes workbooks; zlib, which it stands on, reads them back (RELIABILITY D20).
#include <xlsxwriter.h>
#include <zlib.h>
