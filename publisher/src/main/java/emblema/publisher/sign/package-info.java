/**
 * Signing packages that are published: what {@code pkgsign} does. Read {@link
 * emblema.publisher.sign.RepositorySigner} first. Knows nothing of command lines.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.sign;
