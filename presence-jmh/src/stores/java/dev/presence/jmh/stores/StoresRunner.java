package dev.presence.jmh.stores;

import dev.presence.jmh.Users;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.JmhRunner;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Part;
import dev.presence.jmh.report.Progress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures all stores of a plan. Each server runs only while its stores are measured, and the
 * measuring JVMs are told its address; this library needs no server, and its JVMs get no argument.
 * A store that fails leaves its message, and the next one is measured.
 */
final class StoresRunner {

  private final StoresPlan plan;
  private final PrintStream out;
  private final JmhRunner jmh;
  private final List<RunResult> results = new ArrayList<>();
  private final StoresResults.Run run;

  StoresRunner(StoresPlan plan, Environment environment, PrintStream out) {
    this.out = out;
    this.plan = plan;
    this.run =
        new StoresResults.Run(
            plan.stores(),
            plan.users(),
            plan.localUsers(),
            plan.threads(),
            new EnumMap<>(StoreType.class),
            new LinkedHashMap<>(),
            new EnumMap<>(ServerKind.class),
            environment);
    List<Part> parts = plan.stores().stream().flatMap(store -> plan.parts(store).stream()).toList();
    Progress progress =
        new Progress(
            out,
            System::nanoTime,
            parts.size(),
            parts.stream().mapToInt(Part::measurements).sum(),
            60.0 * plan.minutes());
    this.jmh = new JmhRunner(plan.effort(), progress);
  }

  /** Measures, and returns JMH's results. */
  List<RunResult> measureAll() {
    stores(Optional.empty()).forEach(store -> measure(store, "", List.of()));
    for (ServerKind kind : ServerKind.values()) {
      List<StoreType> stores = stores(Optional.of(kind));
      if (!stores.isEmpty()) {
        measure(kind, stores);
      }
    }
    return results;
  }

  /** What is not among JMH's results. */
  StoresResults.Run run() {
    return run;
  }

  private List<StoreType> stores(Optional<ServerKind> server) {
    return plan.stores().stream().filter(store -> store.server().equals(server)).toList();
  }

  private void measure(ServerKind kind, List<StoreType> stores) {
    String before = System.getProperty(kind.property(), "");
    try (StoreServer server = StoreServers.open(kind)) {
      System.setProperty(kind.property(), server.address()); // for measurements in this JVM
      run.servers().put(kind, StoreServers.ask(kind, server.address()));
      List<String> jvmArgs = List.of("-D" + kind.property() + "=" + server.address());
      stores.forEach(store -> measure(store, server.address(), jvmArgs));
    } catch (StoreUnavailableException e) {
      stores.forEach(store -> run.failures().putIfAbsent(store, e.getMessage()));
    } finally {
      System.setProperty(kind.property(), before);
    }
  }

  private void measure(StoreType store, String address, List<String> jvmArgs) {
    int users = plan.users(store);
    StoreSettings settings = LoadedStore.settings(users, Connections.KEPT);
    try (PresenceStore left = store.open(address, settings)) {
      left.drop(); // what an earlier run may have left there
    } catch (StoreUnavailableException e) {
      run.failures().put(store, e.getMessage());
      return;
    }
    try (PresenceStore loaded = store.open(address, settings)) {
      out.println(Numbers.format("%n# %s: recording %,d users", store, users));
      long second = System.currentTimeMillis() / 1000;
      LoadedStore.load(loaded, Users.shuffled(users), second);
      run.bytesPerUser().put(store, (double) loaded.bytesUsed() / users);
      for (Part part : plan.parts(store)) {
        measure(store, address, plan.recorded(part, store, second, jvmArgs));
      }
      loaded.drop();
    } catch (StoreUnavailableException e) {
      run.failures().put(store, e.getMessage());
    } catch (RunnerException | RuntimeException e) { // no store stops the report
      run.failures().put(store, store + ": was not measured: " + e);
    }
  }

  private void measure(StoreType store, String address, Part part) throws RunnerException {
    Collection<RunResult> measured = jmh.run(part);
    results.addAll(measured);
    if (measured.size() < part.measurements()) {
      run.failures()
          .putIfAbsent(
              store, store + ": was not measured completely; the failure is printed above");
      // Throws where the server is gone.
      var unused = store.server().map(kind -> StoreServers.ask(kind, address));
    }
  }
}
