package dev.presence;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LockedStore.class)
class LockedTransitionModelTest extends TransitionModelTest {

  /** A tenth, because each call goes to another thread and back. */
  @Override
  int operations() {
    return super.operations() / 10;
  }
}
