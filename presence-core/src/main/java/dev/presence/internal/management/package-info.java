/** An instance in the platform's MBean server, if the application asks for it. */
package dev.presence.internal.management;
