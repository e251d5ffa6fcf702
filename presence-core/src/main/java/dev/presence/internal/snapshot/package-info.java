/**
 * What survives the process: snapshots of all stamps in a folder, written by one thread and read
 * when an instance opens.
 *
 * <h2>Files in the folder</h2>
 *
 * <ul>
 *   <li>{@code snapshot.<n>}: a whole snapshot. {@code n} is a decimal number without leading zeros
 *       that grows by at least one each time. The newest two are kept.
 *   <li>{@code snapshot.<n>.tmp}: a snapshot being written. One that a crash left behind is
 *       deleted.
 *   <li>{@code damaged.<n>}: a snapshot that failed its checks, or that could not be read and was
 *       given up, under its own number or, if that name was taken, a larger one. Nobody deletes it.
 *   <li>{@code lock}: says in one line who owns the folder. Nobody deletes it.
 * </ul>
 *
 * Other files are left alone.
 *
 * <h2>Format of a snapshot, version 1</h2>
 *
 * All numbers are big-endian; an int has 4 bytes, a long 8. A CRC is CRC-32C (Castagnoli).
 *
 * <p>The file begins with a header of 64 bytes:
 *
 * <table>
 *   <caption>The header</caption>
 *   <tr><th>offset</th><th>type</th><th>content</th></tr>
 *   <tr><td>0</td><td>8 bytes</td><td>{@code PRESENCE} in ASCII</td></tr>
 *   <tr><td>8</td><td>int</td><td>version of the format: 1</td></tr>
 *   <tr><td>12</td><td>int</td><td>1 if {@code close()} wrote the snapshot, else 0</td></tr>
 *   <tr><td>16</td><td>long</td><td>number of the snapshot, as in the name of the file</td></tr>
 *   <tr><td>24</td><td>long</td><td>epoch second at which the snapshot was begun</td></tr>
 *   <tr><td>32</td><td>long</td><td>online window in seconds</td></tr>
 *   <tr><td>40</td><td>long</td><td>retention in seconds</td></tr>
 *   <tr><td>48</td><td>long</td><td>how many records there are</td></tr>
 *   <tr><td>56</td><td>int</td><td>any number, another one in each snapshot</td></tr>
 *   <tr><td>60</td><td>int</td><td>CRC of bytes 0 to 59</td></tr>
 * </table>
 *
 * <p>Blocks follow, numbered from 0 in their order. A block has 12 bytes and then its records:
 *
 * <table>
 *   <caption>A block</caption>
 *   <tr><th>offset</th><th>type</th><th>content</th></tr>
 *   <tr><td>0</td><td>int</td><td>number of the block</td></tr>
 *   <tr><td>4</td><td>int</td><td>how many records it has, at most 21,844</td></tr>
 *   <tr><td>8</td><td>int</td><td>CRC of these in their order: bytes 16 to 23 of the header,
 *       bytes 56 to 59 of it, bytes 0 to 7 of the block, its records</td></tr>
 *   <tr><td>12</td><td>records</td><td>12 bytes each: user id (long), epoch second (unsigned
 *       int)</td></tr>
 * </table>
 *
 * <p>The last block has no records. The file ends behind it, and the records of all blocks are as
 * many as the header says. A user has one record at most; the order of users has no meaning.
 */
package dev.presence.internal.snapshot;
