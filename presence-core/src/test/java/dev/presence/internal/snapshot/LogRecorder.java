package dev.presence.internal.snapshot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes what the library logs, instead of the console. */
public final class LogRecorder extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.presence");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LogRecorder() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** Level and message of each line. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getLevel() + " " + line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
