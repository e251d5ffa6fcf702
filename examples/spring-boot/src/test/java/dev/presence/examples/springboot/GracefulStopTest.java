package dev.presence.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.Presence;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application that is stopped while a request is under way. */
@Timeout(60)
class GracefulStopTest {

  /** Holds requests between the web server and the controller. */
  static class Gate {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Bean
    Filter gateFilter() {
      return (request, response, chain) -> {
        entered.countDown();
        try {
          open.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException("a request must not be interrupted", e);
        }
        chain.doFilter(request, response);
      };
    }
  }

  @Test
  void close_withARequestUnderWay_answersItAndThenClosesTheStore() throws Exception {
    SpringApplication application = new SpringApplication(PresenceApplication.class, Gate.class);
    ServletWebServerApplicationContext context =
        (ServletWebServerApplicationContext)
            application.run("--server.port=0", "--spring.lifecycle.timeout-per-shutdown-phase=1m");
    Gate gate = context.getBean(Gate.class);
    Presence presence = context.getBean(Presence.class);
    int port = context.getWebServer().getPort();
    Http http = new Http(port);

    CompletableFuture<HttpResponse<String>> underWay = http.postAsync("{\"user_id\":42}");
    gate.entered.await();
    Thread closing = new Thread(context::close);
    closing.start();
    while (accepts(port)) {
      Thread.onSpinWait();
    }
    assertThat(presence.onlineCount()).isZero(); // open: the request has not come this far
    gate.open.countDown();

    assertThat(underWay.join().statusCode()).isEqualTo(204);
    closing.join();
    assertThatThrownBy(() -> presence.isOnline(42)).isInstanceOf(IllegalStateException.class);
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }
}
