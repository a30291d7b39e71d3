/**
 * Boot environments as full trees below one directory, on any file system
 * (docs/formats/boot-environments-directory.md). Read {@link
 * emblema.bootenv.directory.DirectoryEnvironments} first. Must not know images, packages or the
 * terminal.
 */
@org.jspecify.annotations.NullMarked
package emblema.bootenv.directory;
