/**
 * Who is online, answered in the process: see {@link dev.presence}.
 *
 * <p>Chronicle's jars have no descriptors, so this one requires the modules that Chronicle Map needs,
 * and an application on the module path needs no {@code --add-modules}. The manifest of Chronicle
 * Map names its module, so that name is stable. The names of some of its parts derive from file
 * names and do not appear here; Chronicle Map, an automatic module, reads them all the same.
 */
@SuppressWarnings("requires-automatic")
module dev.presence {
  requires chronicle.map;
  requires java.compiler;
  requires java.management;
  requires java.naming;
  requires jdk.unsupported;
  requires org.slf4j;
  requires static io.netty.buffer;
  requires static io.netty.common;
  requires static io.netty.handler;
  requires static io.netty.resolver;
  requires static io.netty.transport;
  requires static jdk.jfr;
  requires static lettuce.core;
  requires static micrometer.core;
  requires static org.jspecify;

  exports dev.presence;
  exports dev.presence.micrometer;
  exports dev.presence.redis;
}
