/**
 * The reference's configuration files ({@code pkg5.image}, {@code pkg5.repository}): sections of
 * names and values, where lists are Python literals. Read {@link emblema.core.config.Ini} first. It
 * must not know what any section means.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.config;
