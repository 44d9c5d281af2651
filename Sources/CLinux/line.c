#include "CLinux.h"

#include <asm/termbits.h>
#include <errno.h>
#include <linux/serial.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

int clinux_line_set(int descriptor, const struct clinux_line *wanted) {
    static const tcflag_t sizes[] = {CS5, CS6, CS7, CS8};
    if (wanted->data_bits < 5 || wanted->data_bits > 8 || wanted->parity > 2 || wanted->baud_rate == 0 ||
        wanted->stop_bits < 1 || wanted->stop_bits > 2) {
        errno = EINVAL;
        return -1;
    }
    struct termios2 line;
    if (ioctl(descriptor, TCGETS2, &line) < 0) return -1;

    line.c_iflag = 0;
    line.c_oflag = 0;
    line.c_lflag = 0;
    // BOTHER takes the speed as a number; the bits above IBSHIFT say the same of the input side.
    line.c_cflag = CREAD | CLOCAL | BOTHER | (BOTHER << IBSHIFT) | sizes[wanted->data_bits - 5];
    if (wanted->parity != 0) line.c_cflag |= PARENB;
    if (wanted->parity == 2) line.c_cflag |= PARODD;
    if (wanted->stop_bits == 2) line.c_cflag |= CSTOPB;
    line.c_ispeed = wanted->baud_rate;
    line.c_ospeed = wanted->baud_rate;
    // One byte is enough to return, so that a read of nothing always means that the line hung up.
    line.c_cc[VMIN] = 1;
    line.c_cc[VTIME] = 0;
    return ioctl(descriptor, TCSETS2, &line) < 0 ? -1 : 0;
}

int clinux_line_get(int descriptor, struct clinux_line *found) {
    struct termios2 line;
    if (ioctl(descriptor, TCGETS2, &line) < 0) return -1;
    found->baud_rate = line.c_ospeed;
    switch (line.c_cflag & CSIZE) {
    case CS5: found->data_bits = 5; break;
    case CS6: found->data_bits = 6; break;
    case CS7: found->data_bits = 7; break;
    default: found->data_bits = 8; break;
    }
    found->parity = !(line.c_cflag & PARENB) ? 0 : (line.c_cflag & PARODD) ? 2 : 1;
    found->stop_bits = line.c_cflag & CSTOPB ? 2 : 1;
    return 0;
}

int clinux_line_low_latency(int descriptor) {
    struct serial_struct serial;
    if (ioctl(descriptor, TIOCGSERIAL, &serial) < 0) return -1;
    serial.flags |= ASYNC_LOW_LATENCY;
    return ioctl(descriptor, TIOCSSERIAL, &serial) < 0 ? -1 : 0;
}

int clinux_is_pseudo_terminal(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) < 0) return 0;
    // The kernel's list of device numbers, admin-guide/devices.txt.
    return major(status.st_rdev) >= 136 && major(status.st_rdev) <= 143;
}
