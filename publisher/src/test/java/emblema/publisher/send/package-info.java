/** What pkgsend does with payloads. */
@org.jspecify.annotations.NullMarked
package emblema.publisher.send;
