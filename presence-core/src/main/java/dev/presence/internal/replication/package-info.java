/** Nodes that share one view: heartbeats and disconnects go through a log that all nodes read. */
package dev.presence.internal.replication;
