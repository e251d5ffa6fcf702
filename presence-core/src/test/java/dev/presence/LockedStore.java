package dev.presence;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs a test class on the store that goes through Chronicle's API for everything. */
final class LockedStore implements BeforeAllCallback, AfterAllCallback {

  private static final String PROPERTY = "dev.presence.store";

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty(PROPERTY, "locked");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty(PROPERTY);
  }
}
