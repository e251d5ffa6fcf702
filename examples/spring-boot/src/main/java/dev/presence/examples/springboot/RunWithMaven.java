package dev.presence.examples.springboot;

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
    ConfigurableApplicationContext context = SpringApplication.run(PresenceApplication.class, args);
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    context.close();
  }
}
