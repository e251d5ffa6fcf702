package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.PresenceFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLoggerFactory;

/** Shows that the walk sees a bad signature wherever it stands. */
class SignaturesTest {

  private static final String FACTORY = PresenceFactory.class.getName();
  private static final String LOGGER = Logger.class.getName();

  @Test
  void walk_overPresence_seesEveryMethodAndWhatItNames() {
    List<String> places = new ArrayList<>();
    List<Class<?>> named = new ArrayList<>();
    Signatures.walk(
        Presence.class,
        (place, type) -> {
          places.add(place);
          named.add(type);
        });

    assertThat(named)
        .contains(AutoCloseable.class, Duration.class, LongConsumer.class, PresenceStats.class);
    assertThat(places)
        .contains("field NEVER")
        .containsAll(
            Arrays.stream(Presence.class.getDeclaredMethods())
                .map(Method::getName)
                .map("method "::concat)
                .toList());
  }

  @Test
  void foreign_supertypes_areNamed() {
    assertThat(Signatures.foreign(Supertypes.class))
        .containsExactlyInAnyOrder(
            "type parameter: " + FACTORY,
            "supertype: " + NOPLoggerFactory.class.getName(),
            "supertype: " + LOGGER);
  }

  @Test
  void foreign_members_areNamed() {
    assertThat(Signatures.foreign(Members.class))
        .containsExactlyInAnyOrder(
            "field shared: " + FACTORY,
            "constructor: " + LOGGER,
            "method bound: " + FACTORY,
            "method generic: " + LOGGER,
            "method generic: " + FACTORY,
            "method thrower: " + AssertionFailedError.class.getName(),
            "method hidden: " + SignaturesTest.class.getName(),
            "field nested: " + LOGGER);
  }

  @Test
  void foreign_component_isNamedWithEachOfItsMembers() {
    assertThat(Signatures.foreign(Component.class))
        .containsExactlyInAnyOrder(
            "component logger: " + LOGGER, "constructor: " + LOGGER, "method logger: " + LOGGER);
  }

  /** Names foreign types in its head. */
  protected abstract static class Supertypes<T extends PresenceFactory> extends NOPLoggerFactory
      implements Supplier<Logger> {}

  /** Names foreign types in its members; package-private ones do not count. */
  protected abstract static class Members {
    protected PresenceFactory[] shared;

    Logger forThePackage;

    protected Members(Logger logger) {
      forThePackage = logger;
    }

    Members(PresenceFactory factory) {
      shared = new PresenceFactory[] {factory};
    }

    protected abstract <T extends PresenceFactory> void bound(List<T> list);

    public abstract List<? super Logger> generic(Map<String, PresenceFactory[]>[] maps);

    public abstract void thrower() throws AssertionFailedError;

    public abstract void hidden(SignaturesTest notPublic);

    abstract Logger forThePackage();

    /** Names a foreign type in a nested type. */
    protected abstract static class Nested {
      protected Logger nested;
    }
  }

  /** Names a foreign type in a component. */
  protected record Component(Logger logger) {}
}
