/**
 * Repositories by the addresses that people type: directories, archives, depots. Read {@link
 * emblema.store.address.Repositories} first. It must not know what they are opened for.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.address;
