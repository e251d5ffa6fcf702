package dev.presence.examples.springboot;

import dev.presence.PresenceBuilder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The store's settings, {@code presence.*}. A bad value stops the start and is named.
 *
 * @param window how long a heartbeat keeps a user online
 * @param maxUsers how many users are tracked at once; about 19 bytes each are reserved at the start
 */
@Validated
@ConfigurationProperties("presence")
record PresenceProperties(
    @DefaultValue("30s") @DurationMin(seconds = 1) Duration window,
    @DefaultValue("" + PresenceBuilder.DEFAULT_MAX_USERS)
        @Min(1)
        @Max(PresenceBuilder.LARGEST_MAX_USERS)
        long maxUsers) {}
