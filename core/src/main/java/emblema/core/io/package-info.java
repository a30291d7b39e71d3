/**
 * The one door to a file system: {@link emblema.core.io.Disk}. Nothing else in the project writes
 * files.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.io;
