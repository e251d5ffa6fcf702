package dev.presence.internal.snapshot;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Files of which one step fails for as long as a test says. Notes down what a writer must never do:
 * force a file again after that has failed, or take a file's name a second time.
 */
class FailingFiles extends SteppedFiles {

  private final Set<String> created = ConcurrentHashMap.newKeySet();
  private final Set<String> failedForces = ConcurrentHashMap.newKeySet();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private volatile Step failing;

  FailingFiles(SnapshotFiles files) {
    super(files);
  }

  /** Lets a step fail from now on; or none, if it is null. */
  void fail(Step step) {
    failing = step;
  }

  /** What the writer did that it must not. */
  List<String> faults() {
    return faults;
  }

  @Override
  void before(Step step, String name) throws IOException {
    if (step == Step.CREATE && !created.add(name)) {
      faults.add("created again: " + name);
    }
    if (step == Step.FORCE && failedForces.contains(name)) {
      faults.add("forced again: " + name);
    }
    if (step == failing) {
      if (step == Step.FORCE) {
        failedForces.add(name);
      }
      throw new IOException("injected: " + step);
    }
  }
}
