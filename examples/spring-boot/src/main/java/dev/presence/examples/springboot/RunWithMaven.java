package dev.presence.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the application for {@code exec:exec@spring} and ends it together with Maven, which waits
 * for a program it runs but leaves it behind when it is killed. An application of yours needs no
 * such class.
 */
public final class RunWithMaven {

  private RunWithMaven() {}

  /**
   * Runs until this process or the one that started it is told to stop.
   *
   * @param args those of {@link PresenceApplication}
   */
  public static void main(String[] args) {
    ConfigurableApplicationContext context = SpringApplication.run(PresenceApplication.class, args);
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    context.close();
  }
}
