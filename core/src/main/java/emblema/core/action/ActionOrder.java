package emblema.core.action;

import emblema.core.attribute.CodePoints;
import java.math.BigInteger;
import java.util.Comparator;

/**
 * The order in which actions are installed, reversed for removal: by type, then within the type
 * (spec manifest, 7.3 and 18). Not consistent with equals: most types have no order of their own,
 * so sort stably.
 */
public final class ActionOrder implements Comparator<Action> {
  public static final ActionOrder INSTALL = new ActionOrder();

  /** Accounts without a number come among the first that are not reserved. */
  private static final BigInteger NO_NUMBER = BigInteger.valueOf(1024);

  private ActionOrder() {}

  @Override
  public int compare(Action left, Action right) {
    int order = left.type().compareTo(right.type());
    if (order != 0) {
      return order;
    }
    return switch (left.type()) {
      case DIR, HARDLINK -> CodePoints.compare(left.key(), right.key());
      case USER -> number(left, "uid").compareTo(number(right, "uid"));
      case GROUP -> number(left, "gid").compareTo(number(right, "gid"));
      case DRIVER -> compareDrivers(left.key(), right.key());
      case SET, DEPEND, FILE, LINK, UNKNOWN, LICENSE, LEGACY, SIGNATURE -> 0;
    };
  }

  private static BigInteger number(Action action, String attribute) {
    try {
      return new BigInteger(action.attributes().get(attribute, "").strip());
    } catch (NumberFormatException e) {
      return NO_NUMBER;
    }
  }

  /** The driver {@code clone} must be there before those that it clones. */
  private static int compareDrivers(String left, String right) {
    boolean leftIsClone = left.equals("clone");
    boolean rightIsClone = right.equals("clone");
    if (leftIsClone || rightIsClone) {
      return Boolean.compare(rightIsClone, leftIsClone);
    }
    return CodePoints.compare(left, right);
  }
}
