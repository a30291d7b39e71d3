/**
 * The depot protocol as functions from requests to responses (spec depot-protocol): one class an
 * operation, its wire format in its comment. Read {@link emblema.depot.operation.Depot} first.
 * Knows neither sockets nor the HTTP library.
 */
@org.jspecify.annotations.NullMarked
package emblema.depot.operation;
