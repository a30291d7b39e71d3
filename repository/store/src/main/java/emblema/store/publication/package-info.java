/**
 * Publishing packages as one atomic, durable transaction. Read {@link
 * emblema.store.publication.Publication} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.publication;
