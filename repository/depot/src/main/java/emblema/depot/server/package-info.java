/**
 * A depot on the network: listeners, TLS, limits, the way files are sent, the access log, an
 * orderly stop. Read {@link emblema.depot.server.DepotServer} first. The only package that knows
 * the HTTP library; what is answered is none of its business.
 */
@org.jspecify.annotations.NullMarked
package emblema.depot.server;
