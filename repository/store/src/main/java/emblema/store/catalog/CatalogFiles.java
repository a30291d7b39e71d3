package emblema.store.catalog;

/** Where the files of one catalog come from: a directory, an archive, a server. */
public interface CatalogFiles {
  /** The whole file; {@code NotFoundException} if there is none of that name. */
  byte[] read(String name);

  /** The place of the file, for messages. */
  String describe(String name);
}
