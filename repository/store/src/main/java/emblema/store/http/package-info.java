/**
 * Depots over HTTP: packages read from them, verified or resumed where the network fails, and
 * packages published to them (spec depot-protocol, sections 1 to 6, 11 and 12). Read {@link
 * emblema.store.http.HttpOrigin} first, then {@link emblema.store.http.Wire}, which every request
 * goes through. It must not know images, commands or where content goes.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.http;
