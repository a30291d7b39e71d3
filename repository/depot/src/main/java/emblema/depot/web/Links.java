package emblema.depot.web;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.PercentEncoding;
import emblema.core.fmri.Version;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Addresses as one page has to write them.
 *
 * @param root from the page to the depot's own address
 */
public record Links(String root) {

  public String home() {
    return root + "ui/";
  }

  public String asset(String name) {
    return root + "ui/_/" + name + "?" + Assets.STAMP;
  }

  public String search() {
    return root + "ui/_/search";
  }

  public String search(String query) {
    return search() + "?q=" + PercentEncoding.encode(query);
  }

  public String feed() {
    return root + "feed";
  }

  public String feed(String publisher) {
    return root + part(publisher) + "/feed";
  }

  public String publisher(String prefix) {
    return root + "ui/" + part(prefix) + "/";
  }

  public String page(String prefix, String filter, int number) {
    return publisher(prefix)
        + "?q="
        + PercentEncoding.encode(filter)
        + (number > 0 ? "&page=" + number : "");
  }

  /** All versions of a package. */
  public String history(Fmri fmri) {
    return publisher(publisherOf(fmri)) + "package/" + path(fmri.stem());
  }

  /** One version. */
  public String version(Fmri fmri) {
    return history(fmri) + "@" + part(fmri.requireVersion().toString());
  }

  public String compare(Fmri before, Fmri after) {
    return publisher(publisherOf(after))
        + "compare/"
        + path(after.stem())
        + "?from="
        + version(before.requireVersion())
        + "&to="
        + version(after.requireVersion());
  }

  /**
   * @param number of the licence in the manifest, from 0
   */
  public String license(Fmri fmri, int number) {
    return publisher(publisherOf(fmri))
        + "license/"
        + path(fmri.stem())
        + "@"
        + part(fmri.requireVersion().toString())
        + "?n="
        + number;
  }

  /** The manifest as it is stored. */
  public String manifest(Fmri fmri) {
    return root + part(publisherOf(fmri)) + "/manifest/0/" + fmri.urlElement();
  }

  /** What a client that opens it installs. */
  public String p5i(Fmri fmri) {
    return root
        + part(publisherOf(fmri))
        + "/p5i/0/"
        + (fmri.version() == null ? fmri.stemElement() : fmri.urlElement())
        + ".p5i";
  }

  /** What a client that opens it learns about a publisher. */
  public String p5i(String publisher) {
    return root + part(publisher) + "/publisher/0";
  }

  private static String publisherOf(Fmri fmri) {
    return fmri.publisherIfAny().orElse("");
  }

  private static String version(Version version) {
    return PercentEncoding.encode(version.toString());
  }

  private static String path(String stem) {
    return Arrays.stream(stem.split("/")).map(Links::part).collect(Collectors.joining("/"));
  }

  private static String part(String text) {
    return PercentEncoding.encode(text);
  }
}
