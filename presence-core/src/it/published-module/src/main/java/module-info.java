module app {
  requires dev.presence;
}
