package emblema.image.search;

import emblema.core.fmri.Fmri;
import emblema.store.search.SearchHit;

/**
 * One result and whose package it is.
 *
 * @param publisher prefix
 */
public record Found(String publisher, SearchHit hit) {

  /** With publisher. */
  public Fmri fmri() {
    return Fmri.parse(hit.packageName()).withPublisher(publisher);
  }
}
