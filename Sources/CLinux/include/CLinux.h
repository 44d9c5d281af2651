#pragma once

// What Swift cannot import of the kernel's interface: request numbers that are macros with arguments, the
// termios2 calls, whose header redefines `struct termios`, and what glibc declares for _GNU_SOURCE only.

#include <linux/gpio.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

// Pseudo-terminals, tty_ioctl(4) and ioctl_tty(2).
static const unsigned long clinux_pty_number = TIOCGPTN;
static const unsigned long clinux_pty_lock = TIOCSPTLCK;
static const unsigned long clinux_tty_exclusive = TIOCGEXCL;

// GPIO character device v2, linux/gpio.h.
static const unsigned long clinux_gpio_chip_info = GPIO_GET_CHIPINFO_IOCTL;
static const unsigned long clinux_gpio_line_info = GPIO_V2_GET_LINEINFO_IOCTL;
static const unsigned long clinux_gpio_line_request = GPIO_V2_GET_LINE_IOCTL;
static const unsigned long clinux_gpio_get_values = GPIO_V2_LINE_GET_VALUES_IOCTL;
static const unsigned long clinux_gpio_set_values = GPIO_V2_LINE_SET_VALUES_IOCTL;

/// How a serial line is set. Parity: 0 none, 1 even, 2 odd.
struct clinux_line {
    uint32_t baud_rate;
    uint8_t data_bits;
    uint8_t parity;
    uint8_t stop_bits;
};

/// Makes the line raw, without handshake or echo, at any speed; 0, or -1 with errno.
int clinux_line_set(int descriptor, const struct clinux_line *wanted);

/// Reads back how the line is set; 0, or -1 with errno.
int clinux_line_get(int descriptor, struct clinux_line *found);

/// Asks the adapter to hand over bytes at once instead of collecting them; 0, or -1 with errno where it cannot.
int clinux_line_low_latency(int descriptor);

/// Whether the descriptor is the slave side of a pseudo-terminal: Linux keeps device numbers 136 to 143 for them.
int clinux_is_pseudo_terminal(int descriptor);

/// Accepts a connection as a non-blocking descriptor that no child inherits; -1 with errno.
int clinux_accept(int listener, struct sockaddr *peer, socklen_t *length);

/// Names the calling thread, as seen in top and gdb; up to 15 characters.
void clinux_name_thread(const char *name);

/// Locks the program in memory where its limit of locked memory is infinite: 1, 0 where it is not, or -1 with errno.
int clinux_lock_memory(void);
