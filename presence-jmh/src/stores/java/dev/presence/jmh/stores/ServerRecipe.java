package dev.presence.jmh.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How to start one kind of server, and ask it who it is. */
interface ServerRecipe {

  /**
   * Fills the server's folder and returns the command that starts the server there.
   *
   * @throws StoreUnavailableException if there is no program for this platform
   */
  List<String> prepare(Path folder, int port, String password) throws IOException;

  /** The address of a server that was started so. */
  String address(int port, String password);

  /** Asks the server who it is; throws whatever its client throws without an answer. */
  String ask(String address) throws Exception;
}
