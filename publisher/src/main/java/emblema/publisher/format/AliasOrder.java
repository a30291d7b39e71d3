package emblema.publisher.format;

import emblema.core.attribute.CodePoints;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/** Aliases of drivers by what their numbers mean: {@code pci1,2} before {@code pci1,10}. */
final class AliasOrder implements Comparator<String> {
  /** The longest that fits counts. */
  private static final List<String> PREFIXES =
      List.of(
          "firewire",
          "pccard",
          "pciexclass",
          "pciclass",
          "pciex",
          "pcie",
          "pci",
          "pnpPNP",
          "usbia",
          "usbif",
          "usbi",
          "usb");

  @Override
  public int compare(String one, String other) {
    String[] left = parts(one);
    String[] right = parts(other);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = part(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(left.length, right.length);
    return order != 0 ? order : CodePoints.compare(one, other);
  }

  private static String[] parts(String alias) {
    for (String prefix : PREFIXES) {
      if (alias.startsWith(prefix)) {
        String rest = alias.substring(prefix.length());
        return (prefix + "," + rest).split("[,.]", -1);
      }
    }
    return alias.split("[,.]", -1);
  }

  private static int part(String left, String right) {
    boolean leftNumber = isNumber(left);
    boolean rightNumber = isNumber(right);
    if (leftNumber && rightNumber) {
      return new BigInteger(left, 16).compareTo(new BigInteger(right, 16));
    }
    return leftNumber != rightNumber
        ? Boolean.compare(rightNumber, leftNumber)
        : CodePoints.compare(left, right);
  }

  private static boolean isNumber(String part) {
    return part.matches("[0-9a-fA-F]{1,64}");
  }
}
