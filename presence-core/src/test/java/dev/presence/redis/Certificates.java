package dev.presence.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A private authority made by {@code keytool}, and certificates by it, in files in PEM. */
final class Certificates {

  private static final String STORE_PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  /** Makes an authority in a folder. */
  Certificates(Path folder) throws Exception {
    this.folder = folder;
    this.store = folder.resolve("store.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-dname",
        "CN=Test CA",
        "-ext",
        "bc:c",
        "-validity",
        "2");
    writeCertificate("ca");
  }

  /** The certificate of the authority. */
  Path authority() {
    return folder.resolve("ca.pem");
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /**
   * Makes a certificate.
   *
   * @param subject of which host, such as {@code san=ip:127.0.0.1}
   */
  void make(String name, String subject) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-signer",
        "ca",
        "-ext",
        subject,
        "-validity",
        "2");
    writeCertificate(name);
    KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
    PrivateKey key = (PrivateKey) keys.getKey(name, STORE_PASSWORD.toCharArray());
    writePem(key(name), "PRIVATE KEY", key.getEncoded());
  }

  private void writeCertificate(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
    Certificate certificate = keys.getCertificate(name);
    writePem(certificate(name), "CERTIFICATE", certificate.getEncoded());
  }

  private static void writePem(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass"));
    command.add(STORE_PASSWORD);
    Path log = folder.resolve("keytool.log");
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("keytool must work: log=" + Files.readString(log));
    }
  }
}
