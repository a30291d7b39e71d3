package emblema.flash.create;

import emblema.flash.tree.TreeSource;

/**
 * What a payload turned out to be.
 *
 * @param id MD5 of the stream before compression, in hex
 * @param stream bytes before compression
 * @param stored bytes in the archive
 */
public record PayloadFacts(String id, long stream, long stored, TreeSource.Size size) {
  /** As wide in the identification as facts can be. */
  static final PayloadFacts WIDEST =
      new PayloadFacts(
          "0".repeat(32),
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          new TreeSource.Size(Long.MAX_VALUE, Long.MAX_VALUE));

  /** Blocks of 512 bytes, as archivers count. */
  public long blocks() {
    return (stream + 511) / 512;
  }
}
