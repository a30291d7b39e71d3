/**
 * How an image gets what it needs from its publishers' origins: catalogs, manifests, payloads, each
 * verified before it counts. Read {@link emblema.image.transport.Transport} first. It must not know
 * why something is fetched: neither planning nor the command line.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.transport;
