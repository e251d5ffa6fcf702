package dev.presence.examples.springboot;

import dev.presence.Presence;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The two endpoints. Safe for use by any number of threads, as the store is. */
@RestController
class PresenceController {

  private final Presence presence;

  PresenceController(Presence presence) {
    this.presence = presence;
  }

  @PostMapping("/heartbeat")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void heartbeat(@Valid @RequestBody Heartbeat heartbeat) {
    presence.recordHeartbeat(heartbeat.userId());
  }

  /** Answers for each user once, in the order of the question. */
  @GetMapping("/status/users")
  Map<Long, Boolean> status(@RequestParam("ids") @Size(min = 1, max = 1_000) long[] ids) {
    boolean[] online = presence.statusOf(ids);
    Map<Long, Boolean> answer = new LinkedHashMap<>();
    for (int i = 0; i < ids.length; i++) {
      answer.put(ids[i], online[i]);
    }
    return answer;
  }
}
