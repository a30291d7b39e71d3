package emblema.store.search;

/**
 * What became of an index.
 *
 * @param added packages that can be found now and could not before
 * @param removed packages that cannot be found any more
 * @param anew whether it was made from nothing
 */
public record IndexUpdate(int added, int removed, boolean anew) {
  static final IndexUpdate NONE = new IndexUpdate(0, 0, false);

  public boolean changed() {
    return anew || added > 0 || removed > 0;
  }
}
