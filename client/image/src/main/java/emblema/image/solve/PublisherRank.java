package emblema.image.solve;

/**
 * A publisher of the image; its rank is its place in a list, best first.
 *
 * @param sticky whether packages installed from it are updated from it alone
 */
public record PublisherRank(String prefix, boolean sticky, boolean enabled) {}
