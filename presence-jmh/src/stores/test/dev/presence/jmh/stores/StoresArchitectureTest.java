package dev.presence.jmh.stores;

import dev.presence.jmh.ArchitectureTest;

/** The same rules where the classes of the profile {@code stores} are on the class path, too. */
class StoresArchitectureTest extends ArchitectureTest {}
