package dev.presence.internal.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Refuses, at open and in one sentence, a version of Chronicle that this library does not work
 * with. An application that also uses Chronicle for something else may bring one; without this
 * check it would meet a {@code NoSuchMethodError} some time later.
 *
 * <p>The version comes from the very jar that a class of Chronicle comes from. If the jar does not
 * tell, as a jar made of many may not, nothing is refused: a trial at open shows whether it works.
 * This class loads no class of Chronicle.
 */
public final class ChronicleVersions {

  /** The last year whose releases have been tried; later ones are refused. */
  private static final int LAST_YEAR = 2026;

  private static final String CORE = "chronicle-core";
  private static final String BYTES = "chronicle-bytes";
  private static final String VALUES = "chronicle-values";
  private static final String COMPILER = "compiler";

  private static final String PACKAGE = "net.openhft.";

  /** The jars that a map needs, each with a class in it. */
  private static final Map<String, String> JARS = new LinkedHashMap<>();

  static {
    JARS.put("chronicle-map", PACKAGE + "chronicle.map.ChronicleMap");
    JARS.put(CORE, PACKAGE + "chronicle.core.Jvm");
    JARS.put(BYTES, PACKAGE + "chronicle.bytes.Bytes");
    JARS.put(VALUES, PACKAGE + "chronicle.values.Values");
    JARS.put("chronicle-algorithms", PACKAGE + "chronicle.algo.hashing.LongHashFunction");
    JARS.put(COMPILER, PACKAGE + "compiler.CompilerUtils");
  }

  /** The oldest versions that work together, then what a newer jar asks of another. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("chronicle-map", "3.25ea0"),
          new Rule(CORE, "2.25ea0"),
          new Rule(BYTES, "2.25ea0"),
          new Rule(VALUES, "2.25ea0"),
          new Rule("chronicle-algorithms", "2.25ea0"),
          new Rule(COMPILER, "2.24ea0"),
          new Rule(CORE, "2.26ea1", BYTES, "2.26ea1"),
          new Rule(CORE, "2.26ea1", VALUES, "2.26ea1"),
          new Rule(COMPILER, "2.25ea3", VALUES, "2.26ea1"),
          new Rule(COMPILER, "2.27ea1", VALUES, "2.27ea2"));

  private ChronicleVersions() {}

  /**
   * Checks the jars that a class loader finds.
   *
   * @throws IllegalStateException if Chronicle was relocated, or a version is known not to work
   */
  static void check(ClassLoader loader) {
    checkNames(JARS.values());
    checkVersions(found(loader));
  }

  /** A tool that relocates packages changes constants, but not a name put together at run time. */
  private static void checkNames(Collection<String> classNames) {
    String name = String.join(".", "net", "openhft");
    for (String className : classNames) {
      if (!className.startsWith(name + ".")) {
        throw new IllegalStateException(name + " must not be relocated: class=" + className);
      }
    }
  }

  static void checkVersions(Map<String, String> found) {
    for (Rule rule : RULES) {
      rule.check(found);
    }
  }

  /** The exception for classes of Chronicle that do not fit together, or not this library. */
  public static IllegalStateException misfit(LinkageError cause) {
    Map<String, String> found = found(ChronicleVersions.class.getClassLoader());
    String versions =
        JARS.keySet().stream()
            .map(artifact -> artifact + "=" + found.getOrDefault(artifact, "unknown"))
            .collect(Collectors.joining(", "));
    return new IllegalStateException("the jars of Chronicle must fit together: " + versions, cause);
  }

  /** The versions that the jars tell. */
  static Map<String, String> found(ClassLoader loader) {
    Map<String, String> found = new LinkedHashMap<>();
    JARS.forEach(
        (artifact, className) -> {
          String version = version(loader, artifact, className);
          if (version.matches("\\d.*")) {
            found.put(artifact, version);
          }
        });
    return found;
  }

  private static String version(ClassLoader loader, String artifact, String className) {
    String classFile = className.replace('.', '/') + ".class";
    URL ofClass = loader.getResource(classFile);
    if (ofClass == null) {
      return "";
    }
    String url = ofClass.toString();
    String jar = url.substring(0, url.length() - classFile.length());
    String properties = "META-INF/maven/net.openhft/" + artifact + "/pom.properties";
    try {
      for (URL candidate : Collections.list(loader.getResources(properties))) {
        if (candidate.toString().startsWith(jar)) {
          return read(candidate).getProperty("version", "");
        }
      }
    } catch (IOException e) {
      return ""; // the classes may still load
    }
    return "";
  }

  private static Properties read(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false); // a cached connection would keep the jar open
    Properties properties = new Properties();
    try (InputStream in = connection.getInputStream()) {
      properties.load(in);
    }
    return properties;
  }

  /** The oldest version of an artifact that works, always or only beside another artifact. */
  private record Rule(String artifact, String oldest, String other, String otherSince) {

    Rule(String artifact, String oldest) {
      this(artifact, oldest, null, null);
    }

    void check(Map<String, String> found) {
      String version = found.get(artifact);
      if (version == null || !applies(found)) {
        return;
      }
      if (compare(version, oldest) < 0 || numbers(version)[0] > LAST_YEAR) {
        throw new IllegalStateException(message(version, found));
      }
    }

    private boolean applies(Map<String, String> found) {
      return other == null
          || (found.containsKey(other) && compare(found.get(other), otherSince) >= 0);
    }

    private String message(String version, Map<String, String> found) {
      String range = artifact + " must be " + oldest + " to " + LAST_YEAR + ".x";
      String named = artifact + "=" + version;
      return other == null
          ? range + ": " + named
          : range + " beside this " + other + ": " + named + ", " + other + "=" + found.get(other);
    }

    private static int compare(String left, String right) {
      return Arrays.compare(numbers(left), numbers(right));
    }

    /** Chronicle keeps counting from early access to release: 2.24ea28, then 2.24.29. */
    private static int[] numbers(String version) {
      return Arrays.stream(version.split("\\D+", -1))
          .filter(part -> !part.isEmpty() && part.length() < 10)
          .mapToInt(Integer::parseInt)
          .toArray();
    }
  }
}
