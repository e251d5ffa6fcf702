package dev.presence.jmh.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How one kind of server is started and asked. */
interface ServerRecipe {

  /**
   * Puts what the server needs into its folder and returns the command that starts it there.
   *
   * @throws StoreUnavailableException on a platform for which there is no program
   */
  List<String> prepare(Path folder, int port, String password) throws IOException;

  /** The address of a server that was started. */
  String address(int port, String password);

  /** Asks the server who it is; throws whatever its client throws if it does not answer. */
  String ask(String address) throws Exception;
}
