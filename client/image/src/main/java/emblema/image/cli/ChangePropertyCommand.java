package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.config.PythonLiteral;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.image.image.ImageConfig;
import emblema.image.image.ImageProperties;
import java.util.ArrayList;
import java.util.List;

/** Sets, extends, shortens or unsets image properties (spec client-cli, section 4.18). */
final class ChangePropertyCommand implements Command {

  /** Which of the four commands this is. */
  enum Kind {
    SET("set-property", "set an image property"),
    ADD("add-property-value", "add a value to an image property"),
    REMOVE("remove-property-value", "remove a value from an image property"),
    UNSET("unset-property", "set image properties back to their defaults");

    private final String operation;
    private final String summary;

    Kind(String operation, String summary) {
      this.operation = operation;
      this.summary = summary;
    }
  }

  private final Kind kind;

  ChangePropertyCommand(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Syntax syntax() {
    Syntax syntax = Syntax.of(kind.summary);
    return switch (kind) {
      case SET -> syntax.operand("name").operands("value", 1);
      case ADD, REMOVE -> syntax.operand("name").operand("value");
      case UNSET -> syntax.operands("name", 1);
    };
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      open.change(
          kind.operation,
          operation -> {
            open.image().save(changed(open.image().config(), arguments.operands()));
            return true;
          });
      return 0;
    }
  }

  private ImageConfig changed(ImageConfig config, List<String> operands) {
    String name = operands.getFirst();
    return switch (kind) {
      case SET -> set(config, name, operands.subList(1, operands.size()));
      case ADD, REMOVE -> {
        if (!ImageProperties.LISTS.contains(name)) {
          throw new UsageException("property '" + name + "' has no list of values");
        }
        List<String> values = new ArrayList<>(config.listProperty(name));
        String value = operands.get(1);
        if (kind == Kind.ADD) {
          values.add(value);
        } else if (!values.remove(value)) {
          throw new NotFoundException("property '" + name + "' has no value '" + value + "'");
        }
        yield config.withProperty(name, PythonLiteral.writeTexts(values));
      }
      case UNSET -> unset(config, operands);
    };
  }

  private static ImageConfig set(ImageConfig config, String name, List<String> values) {
    boolean names = name.equals("signature-policy") && values.getFirst().equals("require-names");
    if (!names) {
      return config.withProperty(name, PropertyValue.of(name, values));
    }
    if (values.size() < 2) {
      throw new UsageException("'require-names' needs the names that must sign");
    }
    return config
        .withProperty(name, "require-names")
        .withProperty(
            "signature-required-names", PythonLiteral.writeTexts(values.subList(1, values.size())));
  }

  private static ImageConfig unset(ImageConfig config, List<String> names) {
    ImageConfig changed = config;
    for (String name : names) {
      if (config.property(name).isEmpty()) {
        throw new NotFoundException("no such property: '" + name + "'", "'pkg property' lists all");
      }
      changed = changed.withoutProperty(name);
    }
    return changed;
  }
}
