package emblema.image.cli;

import emblema.core.config.PythonLiteral;
import emblema.core.error.UsageException;
import emblema.image.image.ImageProperties;
import java.util.List;

/** Values of image properties as typed, turned into what the configuration holds. */
final class PropertyValue {
  private PropertyValue() {}

  static String of(String name, List<String> values) {
    if (ImageProperties.LISTS.contains(name)) {
      return PythonLiteral.writeTexts(values);
    }
    if (values.size() != 1) {
      throw new UsageException("property '" + name + "' takes one value");
    }
    String value = values.getFirst();
    List<String> choices = ImageProperties.choices(name);
    if (!choices.isEmpty() && !choices.contains(value)) {
      throw new UsageException(
          "invalid value '" + value + "' for property '" + name + "'",
          "supported values: " + String.join(", ", choices));
    }
    String otherwise = ImageProperties.defaultOf(name);
    if ((otherwise.equals("True") || otherwise.equals("False"))
        && !name.equals("check-certificate-revocation")) {
      if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
        throw new UsageException(
            "invalid value '" + value + "' for property '" + name + "'",
            "supported values: True, False");
      }
      return value.equalsIgnoreCase("true") ? "True" : "False";
    }
    return value;
  }
}
