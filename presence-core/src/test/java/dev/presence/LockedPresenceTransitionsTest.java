package dev.presence;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LockedStore.class)
class LockedPresenceTransitionsTest extends PresenceTransitionsTest {}
