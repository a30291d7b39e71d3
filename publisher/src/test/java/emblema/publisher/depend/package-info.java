/** What files need, on small trees with objects made by hand. */
@org.jspecify.annotations.NullMarked
package emblema.publisher.depend;
