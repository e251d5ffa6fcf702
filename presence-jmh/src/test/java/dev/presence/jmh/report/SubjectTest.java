package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SubjectTest {

  @Test
  void subjects_always_differInColourOrMarker() {
    assertThat(
            Arrays.stream(Subject.values())
                .map(
                    subject ->
                        subject.color()
                            + " "
                            + subject.shape().getBounds2D()
                            + subject.shape().getClass()
                            + subject.shape().contains(-4, -3)))
        .doesNotHaveDuplicates();
  }
}
