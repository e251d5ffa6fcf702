/**
 * Stamps as text that other programs read: a header line {@code user_id,epoch_second} and a line of
 * two decimal numbers for each user.
 */
package dev.presence.internal.csv;
