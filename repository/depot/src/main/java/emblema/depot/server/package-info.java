/**
 * The HTTP depot: a repository served to pkg clients and publishers.
 *
 * <p>It knows requests, responses and repositories; it must not know images, publishers' tools or
 * the terminal.
 */
@NullMarked
package emblema.depot.server;

import org.jspecify.annotations.NullMarked;
