/**
 * Finding packages by what is in them (specs search-index and depot-protocol, sections 6 and 7).
 * Read {@link emblema.store.search.SearchIndex} first, then {@link
 * emblema.store.search.RepositorySearch}. An index is derived: deleting it is always safe. This is
 * the only package that knows Lucene; it knows nothing of commands or HTTP.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.search;
