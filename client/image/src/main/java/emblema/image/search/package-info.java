/**
 * Searching what an image has installed and what its publishers offer (spec client-cli, section
 * 4.12). Read {@link emblema.image.search.ImageSearch} first. It must not know columns or options.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.search;
