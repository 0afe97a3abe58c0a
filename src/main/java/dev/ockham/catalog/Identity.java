package dev.ockham.catalog;

/**
 * A certificate with its private key, by which one side of a TLS connection is known.
 *
 * @param certificate the chain in PEM, its own first
 * @param key PKCS #8 in PEM
 */
public record Identity(String certificate, Secret key) {}
