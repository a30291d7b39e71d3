/**
 * A depot's pages for people: publishers, packages, versions and what differs between them,
 * licences, search, news. Read {@link emblema.depot.web.WebPages} first. The pages are templates
 * ({@code src/main/jte}), compiled with the sources; this is the only package that knows the
 * template library. It must not know HTTP libraries, and publishes nothing.
 */
@org.jspecify.annotations.NullMarked
package emblema.depot.web;
