/** Package catalogs, version 1 (spec catalog). */
@org.jspecify.annotations.NullMarked
package emblema.store.catalog;
