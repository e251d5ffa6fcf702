package dev.presence;

import java.io.File;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does what an application server does: loads an application and all its jars with a new class
 * loader, lets long-lived threads work for it, stops it, and starts over. At the end no class
 * loader may be left. Prints nothing if none is.
 */
final class Redeployments {

  /** The property that names the application's class. */
  static final String APPLICATION = "presence.redeployed";

  /** The property that says how often to deploy it. */
  static final String ROUNDS = "presence.redeployments";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Redeployments() {}

  public static void main(String[] args) throws Exception {
    String application = System.getProperty(APPLICATION);
    int rounds = Integer.getInteger(ROUNDS);
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Set<Reference<ClassLoader>> loaders = new HashSet<>();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            3, 3, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Redeployments::newThread);
    threads.prestartAllCoreThreads(); // a thread remembers the application that starts it
    for (int round = 0; round < rounds; round++) {
      loaders.add(new WeakReference<>(run(application, threads), collected));
    }
    long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
    while (!loaders.isEmpty() && System.nanoTime() < deadlineNanos) {
      System.gc();
      Reference<?> next = collected.remove(100);
      while (next != null) {
        loaders.remove(next);
        next = collected.poll();
      }
    }
    FirstSteps.check(
        loaders.size() + " of " + rounds + " class loaders are left: " + liveThreads(),
        loaders.isEmpty());
    threads.shutdown();
    FirstSteps.check("the server's threads end", threads.awaitTermination(1, TimeUnit.MINUTES));
  }

  private static ClassLoader run(String application, ExecutorService threads) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      start(Class.forName(application, true, loader)).accept(threads);
      return loader;
    }
  }

  @SuppressWarnings("unchecked") // every application is one, and all loaders share the JDK's types
  private static Consumer<ExecutorService> start(Class<?> application) throws Exception {
    return (Consumer<ExecutorService>) application.getConstructor().newInstance();
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true); // the JVM must exit after a failure
    return thread;
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static List<String> liveThreads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList();
  }
}
