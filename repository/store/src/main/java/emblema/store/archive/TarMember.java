package emblema.store.archive;

/**
 * One member of a tar file.
 *
 * @param name without a slash at its end
 * @param type the type flag, see {@link TarBlock}
 * @param data where its data begins in the file
 * @param size of the data in bytes
 * @param comment of its pax header, or empty
 */
record TarMember(String name, char type, long data, long size, String comment) {
  boolean isFile() {
    return type == TarBlock.FILE || type == '7';
  }

  /** Where the next member begins. */
  long end() {
    return data + TarBlock.padded(size);
  }
}
