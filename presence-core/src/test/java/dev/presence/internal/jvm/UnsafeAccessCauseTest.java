package dev.presence.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;

/**
 * Explains a failure of {@code sun.misc.Unsafe} on a JDK that does not tell in advance whether it
 * denies access.
 */
class UnsafeAccessCauseTest {

  @Test
  void explain_accessThatIsDenied_namesTheOption() {
    Throwable failure =
        new InvocationTargetException(new UnsupportedOperationException("staticFieldBase"));

    assertThat(UnsafeAccess.explain(failure))
        .hasMessageStartingWith("--sun-misc-unsafe-memory-access=deny must not be set, ")
        .hasCause(failure);
  }

  @Test
  void explain_anythingElse_isNull() {
    assertThat(UnsafeAccess.explain(new NoSuchMethodException())).isNull();
  }

  @Test
  void check_inThisJvm_passes() {
    UnsafeAccess.check();
  }
}
