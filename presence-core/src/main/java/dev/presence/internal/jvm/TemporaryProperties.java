package dev.presence.internal.jvm;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Gives system properties other values while something runs. Afterwards each has exactly what it
 * had before: no value, or a value of whatever type. A value that somebody else sets meanwhile
 * stays.
 */
final class TemporaryProperties {

  private TemporaryProperties() {}

  static void during(Runnable action, Map<String, String> values) {
    Properties properties = System.getProperties();
    Map<String, Object> before = new HashMap<>();
    values.forEach((name, value) -> before.put(name, properties.put(name, value)));
    try {
      action.run();
    } finally {
      values.forEach((name, value) -> restore(properties, name, value, before.get(name)));
    }
  }

  private static void restore(Properties properties, String name, String value, Object before) {
    if (before == null) {
      properties.remove(name, value);
    } else {
      properties.replace(name, value, before);
    }
  }
}
