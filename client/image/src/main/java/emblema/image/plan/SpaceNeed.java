package emblema.image.plan;

/**
 * What the operation writes; removals give no credit.
 *
 * @param content bytes of files written into the image
 * @param download bytes to fetch, compressed
 * @param inodes objects that come into being
 */
public record SpaceNeed(long content, long download, long inodes) {
  /** Bytes that must be free: a quarter more than what is written and fetched (7.5). */
  public long withReserve() {
    return (content + download) / 4 * 5;
  }
}
