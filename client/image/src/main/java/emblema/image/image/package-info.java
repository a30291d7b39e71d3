/**
 * An image on disk: its configuration, the state of its packages, its history (spec image-layout,
 * docs/formats/image.md). Read {@link emblema.image.image.Image} first; {@link
 * emblema.image.image.ImageState} is the value that planning works on. This package must not know
 * repositories, planning or the command line.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.image;
