#pragma once

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// What Swift cannot import of OpenSSL: macros with arguments.

/// Neither compression nor renegotiation.
static const uint64_t copenssl_options = SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION;

/// Refuses TLS 1.0 and 1.1 (RFC 8996); 1 for success.
static inline long copenssl_refuse_old_versions(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

/// Names the host that is meant, so that a server with several certificates shows the right one; 1 for success.
static inline long copenssl_set_server_name(SSL *session, const char *name) {
    return SSL_set_tlsext_host_name(session, name);
}

/// Bytes waiting in a memory buffer.
static inline size_t copenssl_pending(BIO *buffer) { return BIO_ctrl_pending(buffer); }
