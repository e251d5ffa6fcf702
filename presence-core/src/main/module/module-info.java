/**
 * Who is online, answered in the process: see {@link dev.presence}.
 *
 * <p>The modules that Chronicle Map needs are required here, because its jars have no descriptors
 * to say so: an application on the module path needs no {@code --add-modules}. Chronicle Map has a
 * name of its own in its manifest, on which one may rely. The names of some of its parts are made
 * from their files', and are not used here; being automatic, it reads them all the same.
 */
@SuppressWarnings("requires-automatic")
module dev.presence {
  requires chronicle.map;
  requires java.compiler;
  requires java.management;
  requires java.naming;
  requires jdk.unsupported;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.presence;
}
