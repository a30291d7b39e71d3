/**
 * Serving repositories with a web server that knows nothing of packages (spec depot-protocol,
 * section 14). Read {@link emblema.depot.hosting.StaticSite} first. It must not know command lines.
 */
@org.jspecify.annotations.NullMarked
package emblema.depot.hosting;
