/** Repositories on disk (spec repository). Read {@link emblema.store.file.FileRepository} first. */
@org.jspecify.annotations.NullMarked
package emblema.store.file;
