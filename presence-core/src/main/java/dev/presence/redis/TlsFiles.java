package dev.presence.redis;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files in PEM, read whenever something connects, so that they may be replaced.
 *
 * @param trusted certificates of authorities; null: those of the JVM
 * @param certificate that of this client, and then those of its authorities; null: none
 * @param key that of the certificate
 */
record TlsFiles(@Nullable Path trusted, @Nullable Path certificate, @Nullable Path key) {

  static final TlsFiles NONE = new TlsFiles(null, null, null);

  TlsFiles withTrusted(Path file) {
    return new TlsFiles(file, certificate, key);
  }

  TlsFiles withCertificate(Path file, Path keyFile) {
    return new TlsFiles(trusted, file, keyFile);
  }
}
