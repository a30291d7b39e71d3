/**
 * Package archives, {@code .p5p} files: a repository in one tar file with an index (spec p5p-p5i).
 * Read {@link emblema.store.archive.PackageArchive} first. Knows nothing of clients or commands.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.archive;
