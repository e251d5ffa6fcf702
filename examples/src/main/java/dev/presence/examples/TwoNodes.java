package dev.presence.examples;

import dev.presence.redis.RedisLog;
import java.io.IOException;

/**
 * Two processes that share their users through Redis, and what both answer while things go wrong.
 * The program starts a Redis and, twice, itself as a {@linkplain Node node}; whatever ends it ends
 * them.
 */
public final class TwoNodes {

  private static final String USAGE = "usage: TwoNodes [--redis=redis://host:port]";
  private static final String REDIS = "--redis=";

  /** Users 1 to 4, in this order: 1 is online. */
  private static final String NOBODY = "0000";

  private static final String USERS_OF_A = "1100";
  private static final String USERS_OF_B = "0011";
  private static final String ALL_BUT_2 = "1011";
  private static final String ALL = "1111";

  private final BothNodes nodes;

  private TwoNodes(BothNodes nodes) {
    this.nodes = nodes;
  }

  /**
   * Runs the example.
   *
   * @param args none, or {@code --redis=} and the address of a server that runs already, which is
   *     then neither stopped nor emptied; the parent of a node gives other ones
   * @throws Exception if something fails that this program does not expect
   */
  public static void main(String[] args) throws Exception {
    // This program brings no SLF4J provider, and would be told so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    if (args.length > 1 && args[0].equals(BothNodes.NODE)) {
      Node.run(args[1], args.length > 2);
      return;
    }
    String uri;
    try {
      uri = parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; " + USAGE);
      System.exit(2);
      return;
    }
    AtExit atExit = new AtExit();
    try {
      if (uri.isEmpty()) {
        LocalRedis redis = startRedis(atExit);
        TwoNodes example = new TwoNodes(new BothNodes(TwoNodes.class, redis.uri(), true, atExit));
        example.shareUsers();
        example.loseRedis(redis);
      } else {
        new TwoNodes(new BothNodes(TwoNodes.class, uri, false, atExit)).shareUsers();
        System.out.println("Without " + REDIS + " this goes on with a Redis that is killed.");
      }
    } catch (IOException e) {
      atExit.fail(e.getMessage());
    }
  }

  /** The address of a server; an empty text if there is none. */
  private static String parse(String[] args) {
    if (args.length > 1) {
      throw new IllegalArgumentException("arguments must be at most 1: arguments=" + args.length);
    }
    if (args.length == 0) {
      return "";
    }
    if (!args[0].startsWith(REDIS)) { // not shown, as it may hold a password
      throw new IllegalArgumentException("argument must begin with " + REDIS);
    }
    String uri = args[0].substring(REDIS.length());
    if (!uri.isEmpty()) {
      RedisLog unused = RedisLog.at(uri);
    }
    return uri;
  }

  private static LocalRedis startRedis(AtExit atExit) throws IOException, InterruptedException {
    LocalRedis redis = new LocalRedis();
    atExit.close(redis);
    try {
      redis.start();
      return redis;
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; name one that runs by " + REDIS, e);
    }
  }

  private void shareUsers() throws IOException, InterruptedException {
    nodes.start();

    nodes.say("Users 1 and 2 beat at A. B hears of them through Redis.");
    nodes.a().beat(1, 2);
    nodes.await(USERS_OF_A, USERS_OF_A);

    nodes.say("Users 3 and 4 beat at B. Each node answers for all, from its own memory.");
    nodes.b().beat(3, 4);
    nodes.await(ALL, ALL);

    nodes.say("User 2 signs out at A, and is offline at B too, long before the window is over.");
    nodes.a().signOut(2);
    nodes.await(ALL_BUT_2, ALL_BUT_2);

    nodes.say("User 2 beats at A again.");
    nodes.a().beat(2);
    nodes.await(ALL, ALL);

    nodes.killA();
    nodes.say("A is killed, and nobody beats for its users. At B they expire with the window.");
    nodes.print();
    nodes.await(NOBODY, USERS_OF_B);

    nodes.restartA();
    nodes.say("A has been started again. From its first answer on it knows the users of B.");
    nodes.await(USERS_OF_B, USERS_OF_B);

    nodes.say("Users 1 and 2 beat at A again.");
    nodes.a().beat(1, 2);
    nodes.await(ALL, ALL);
  }

  private void loseRedis(LocalRedis redis) throws IOException, InterruptedException {
    nodes.say("Redis is killed, and starts empty. The nodes fill it again, and no dot changes.");
    redis.kill();
    nodes.awaitLink(false);
    redis.start();
    nodes.awaitLink(true);
    nodes.print();

    nodes.say("Redis is killed, and stays away. Each node goes on with its own users alone.");
    redis.kill();
    nodes.print();
    nodes.await(USERS_OF_A, USERS_OF_B);

    nodes.say("Redis starts, empty again. The nodes tell each other what they have missed.");
    redis.start();
    nodes.await(ALL, ALL);
  }
}
