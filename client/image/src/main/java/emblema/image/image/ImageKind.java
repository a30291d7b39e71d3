package emblema.image.image;

import emblema.core.io.SafePath;

/** The two kinds of image that look different on disk (spec image-layout, section 1). */
public enum ImageKind {
  /** A complete system. */
  FULL("var/pkg"),
  /** A relocatable tree that belongs to an ordinary user. */
  USER(".org.opensolaris,pkg");

  private final SafePath metadata;

  ImageKind(String metadata) {
    this.metadata = SafePath.of(metadata);
  }

  /** The metadata directory, relative to the image's root. */
  public SafePath metadata() {
    return metadata;
  }
}
