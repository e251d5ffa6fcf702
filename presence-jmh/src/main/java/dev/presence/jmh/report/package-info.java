/**
 * What every report is made of: results as JMH writes them, the environment, tables, charts,
 * progress and the command line. Nothing here knows what is measured.
 */
package dev.presence.jmh.report;
