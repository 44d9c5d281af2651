#pragma once

/// Calls of malloc, calloc, realloc and posix_memalign in this process so far. Counts one thread's work only.
unsigned long allocations_so_far(void);
