package dev.presence;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LockedStore.class)
class LockedTiersOfModelTest extends TiersOfModelTest {}
