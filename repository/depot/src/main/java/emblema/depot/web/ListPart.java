package emblema.depot.web;

import java.util.List;

/**
 * A part of a publisher's packages.
 *
 * @param filter what their names or summaries hold; empty for all
 * @param offers of this part
 * @param number of the part, from 0
 * @param parts how many there are, at least one
 * @param total how many packages all parts have
 */
public record ListPart(
    Shelf shelf, String filter, List<Offer> offers, int number, int parts, int total) {
  public ListPart {
    offers = List.copyOf(offers);
  }
}
