// The library by itself, to compare with.
#include <xlsxwriter.h>
