package dev.presence.examples.springboot;

import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the application for {@code exec:exec@spring} and stops it when Maven ends: Maven waits for
 * the program it runs but does not stop it when Maven itself is killed. Your own application needs
 * no such class.
 */
public final class RunWithMaven {

  private RunWithMaven() {}

  /**
   * Runs until this process or its parent is told to stop.
   *
   * @param args those of {@link PresenceApplication}
   */
  public static void main(String[] args) {
    // Asked for first: a process whose parent has ended gets another one.
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    ConfigurableApplicationContext context = SpringApplication.run(PresenceApplication.class, args);
    parent.ifPresent(process -> process.onExit().join());
    context.close();
  }
}
