// What glibc declares for _GNU_SOURCE only, and Swift does not see.
#define _GNU_SOURCE
#include "CMeter.h"

#include <errno.h>
#include <sched.h>

int cmeter_stay_on(int processor) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return errno;
    if (processor < 0 || processor >= CPU_SETSIZE || !CPU_ISSET(processor, &set)) return ENODEV;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0 ? 0 : errno;
}
