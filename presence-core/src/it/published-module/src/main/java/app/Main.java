package app;

import dev.presence.Presence;
import java.io.IOException;

/** Exits normally if the library works as a module and brings its licence along. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException {
    Module library = Presence.class.getModule();
    if (!"dev.presence".equals(library.getName()) || library.getDescriptor().isAutomatic()) {
      throw new IllegalStateException("the library must have a descriptor: module=" + library);
    }
    if (library.isExported("dev.presence.internal")) {
      throw new IllegalStateException("what is internal must stay so: module=" + library);
    }
    for (String file : new String[] {"META-INF/LICENSE", "META-INF/NOTICE"}) {
      try (var stream = library.getResourceAsStream(file)) {
        if (stream == null) {
          throw new IllegalStateException("the jar must have its licence: file=" + file);
        }
      }
    }
    try (Presence presence = Presence.open()) {
      presence.recordHeartbeat(7);
      if (!presence.isOnline(7) || !presence.stats().lockFree()) {
        throw new IllegalStateException("the library must work as a module: " + presence.stats());
      }
    }
  }
}
