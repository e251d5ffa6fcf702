package app;

import dev.presence.Presence;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Exits normally if the library works as a bean. */
@SpringBootApplication
public class Main {

  public static void main(String[] args) {
    SpringApplication.run(Main.class, args);
  }

  @Bean
  Presence presence() {
    return Presence.open();
  }

  @Bean
  CommandLineRunner heartbeat(Presence presence) {
    return args -> {
      presence.recordHeartbeat(7);
      if (!presence.isOnline(7)) {
        throw new IllegalStateException("the user must be online: userId=7");
      }
    };
  }
}
