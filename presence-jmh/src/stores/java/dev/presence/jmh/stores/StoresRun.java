package dev.presence.jmh.stores;

import dev.presence.jmh.Users;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures all stores of a plan. Each server is started once, only while its stores are measured,
 * and the measuring JVMs are told its address; this library needs no server, and its JVMs get no
 * flag. A store that fails leaves its message, and the next one is measured.
 */
final class StoresRun {

  private final StoresPlan plan;
  private final VerboseMode verbosity;
  private final Consumer<RunResult> sink;
  private final Map<ServerKind, String> servers = new EnumMap<>(ServerKind.class);
  private final Map<StoreType, Double> bytes = new EnumMap<>(StoreType.class);
  private final Map<StoreType, String> failures = new LinkedHashMap<>();

  StoresRun(StoresPlan plan, VerboseMode verbosity, Consumer<RunResult> sink) {
    this.plan = plan;
    this.verbosity = verbosity;
    this.sink = sink;
  }

  void measureAll() {
    measureHere(plan.stores().stream().filter(store -> store.server().isEmpty()).toList());
    for (ServerKind kind : ServerKind.values()) {
      List<StoreType> stores =
          plan.stores().stream()
              .filter(store -> store.server().filter(kind::equals).isPresent())
              .toList();
      if (!stores.isEmpty()) {
        measure(kind, stores);
      }
    }
  }

  /** What the servers said of themselves. */
  Map<ServerKind, String> servers() {
    return servers;
  }

  /** Bytes of each user. */
  Map<StoreType, Double> bytes() {
    return bytes;
  }

  /** Why there are figures missing. */
  Map<StoreType, String> failures() {
    return failures;
  }

  private void measureHere(List<StoreType> stores) {
    stores.forEach(store -> measure(store, "", List.of()));
  }

  private void measure(ServerKind kind, List<StoreType> stores) {
    String before = System.getProperty(kind.property(), "");
    try (StoreServer server = kind.open()) {
      System.setProperty(kind.property(), server.address()); // for what is measured in this JVM
      servers.put(kind, kind.ask(server.address()));
      List<String> flags = List.of("-D" + kind.property() + "=" + server.address());
      for (StoreType store : stores) {
        measure(store, server.address(), flags);
      }
    } catch (StoreUnavailableException e) {
      stores.forEach(store -> failures.putIfAbsent(store, e.getMessage()));
    } finally {
      System.setProperty(kind.property(), before);
    }
  }

  private void measure(StoreType store, String address, List<String> flags) {
    StoreSettings settings =
        new StoreSettings(
            StoreSettings.DEFAULT.windowSeconds(),
            LoadedStore.EXPIRY_SECONDS,
            plan.users(store),
            Connections.KEPT);
    try (PresenceStore left = store.open(address, settings)) {
      left.drop(); // whatever a run before this one has left there
    } catch (StoreUnavailableException e) {
      failures.put(store, e.getMessage());
      return;
    }
    try (PresenceStore loaded = store.open(address, settings)) {
      System.out.println("# Report: " + store + ", recording " + plan.users(store) + " users");
      long second = System.currentTimeMillis() / 1000;
      LoadedStore.load(loaded, Users.shuffled(plan.users(store)), second);
      bytes.put(store, (double) loaded.bytesUsed() / plan.users(store));
      for (StoresPart part : StoresPart.of(store, plan)) {
        run(store, part, second, flags);
      }
      loaded.drop();
    } catch (StoreUnavailableException e) {
      failures.put(store, e.getMessage());
    } catch (RunnerException | RuntimeException e) { // no store stops the report
      failures.put(store, store + ": was not measured: " + e);
    }
  }

  private void run(StoreType store, StoresPart part, long second, List<String> flags)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(part.include())
            .param("store", store.name())
            .param("users", Integer.toString(plan.users(store)))
            .param("loaded", Long.toString(second))
            .param("ids", part.ids().toArray(String[]::new))
            .threads(part.threads())
            .forks(plan.forks())
            .warmupIterations(plan.warmups())
            .warmupTime(plan.time())
            .measurementIterations(plan.measurements())
            .measurementTime(plan.time())
            .jvmArgs(flags.toArray(String[]::new))
            .verbosity(verbosity);
    Collection<RunResult> results = new Runner(options.build()).run();
    results.forEach(sink);
    if (results.size() < part.figures()) {
      String message = ": some of it could not be measured, and JMH has printed why";
      failures.putIfAbsent(store, store + message);
      store
          .server()
          .ifPresent(
              kind -> {
                String unused = kind.ask(address(flags)); // throws, where the server is gone
              });
    }
  }

  private static String address(List<String> flags) {
    return flags.get(0).replaceFirst("^-D[^=]*=", "");
  }
}
