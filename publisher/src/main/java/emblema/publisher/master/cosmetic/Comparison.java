package emblema.publisher.master.cosmetic;

/**
 * How two contents are compared.
 *
 * @param skipCosmetic stamps of builds and archives make no difference
 * @param elfLoadable ELF files that load the same make no difference
 */
public record Comparison(boolean skipCosmetic, boolean elfLoadable) {
  /** Every byte counts. */
  public static final Comparison EXACT = new Comparison(false, false);

  public boolean isExact() {
    return !skipCosmetic && !elfLoadable;
  }
}
