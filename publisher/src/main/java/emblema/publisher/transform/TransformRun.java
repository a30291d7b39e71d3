package emblema.publisher.transform;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass of rules over actions (spec pkgmogrify, section 3). Used once, from one thread. */
final class TransformRun {
  /** Rules that emit what they match themselves would go on for ever. */
  private static final int DEEPEST = 200;

  /** Actions that one action may lead to, directly and through others. */
  private static final int MOST_EMITTED = 100_000;

  private static final String FMRI = "pkg.fmri";

  private final List<Transform> transforms;
  private final boolean verbose;
  private final List<OutputLine> lines = new ArrayList<>();
  private final List<String> printed = new ArrayList<>();
  private final Set<String> emitted = new HashSet<>();
  private Map<String, List<String>> metadata = new LinkedHashMap<>();
  private int fromOne;
  private Outcome.@Nullable Stopped stopped;

  TransformRun(List<Transform> transforms, boolean verbose) {
    this.transforms = transforms;
    this.verbose = verbose;
  }

  Outcome outcome() {
    return stopped == null ? new Outcome.Complete(lines, printed) : stopped;
  }

  void take(Item item) {
    if (stopped != null) {
      return;
    }
    switch (item) {
      case Item.Text text -> lines.add(new OutputLine.Plain(text.line()));
      case Item.Content content -> {
        remember(content.draft());
        fromOne = 0;
        new Pass(content, 0, true).run();
      }
      case Item.End end -> {
        if (metadata.containsKey(FMRI)) {
          Draft whole = Draft.ofPackage(metadata);
          new Pass(new Item.Content("", whole, new Place(end.source(), 0)), 0, true).run();
        }
        metadata = new LinkedHashMap<>();
      }
    }
  }

  private void remember(Draft draft) {
    if (draft.word().equals("set")) {
      String name = draft.attributes().get("name", "");
      metadata
          .computeIfAbsent(name, key -> new ArrayList<>())
          .addAll(draft.attributes().all("value"));
    }
  }

  /** All rules over one action, and over what they emit. */
  private final class Pass implements Template.Surroundings {
    private final Item.Content original;
    private final int depth;
    private final boolean read;
    private final List<Item> additions = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private @Nullable Draft draft;
    private Draft seen;
    private List<@Nullable String> groups = List.of();

    /**
     * @param depth how many rules emitted one another to get here
     * @param read whether the action was read, not emitted
     */
    Pass(Item.Content original, int depth, boolean read) {
      this.original = original;
      this.depth = depth;
      this.read = read;
      this.draft = original.draft();
      this.seen = original.draft();
    }

    void run() {
      for (Transform transform : transforms) {
        Draft before = draft;
        if (before == null || stopped != null) {
          break;
        }
        Optional<List<@Nullable String>> match = matched(transform, before);
        if (match.isPresent()) {
          groups = match.get();
          seen = before;
          draft = carriedOut(transform, before);
          explain(transform, before);
        }
      }
      if (stopped == null) {
        finish();
      }
    }

    private Optional<List<@Nullable String>> matched(Transform transform, Draft before) {
      try {
        return transform.match(before);
      } catch (MalformedException e) {
        throw failed(transform, e);
      }
    }

    private @Nullable Draft carriedOut(Transform transform, Draft before) {
      try {
        return apply(transform.operation(), before);
      } catch (MalformedException e) {
        throw failed(transform, e);
      }
    }

    private MalformedException failed(Transform transform, MalformedException e) {
      return original.place().error(e.reason(), transform.text() + " (" + transform.place() + ")");
    }

    private @Nullable Draft apply(Operation operation, Draft before) {
      Attributes attributes = before.attributes();
      return switch (operation) {
        case Operation.Set set -> {
          String name = set.name().expand(this);
          String value = set.value().expand(this);
          yield name.equals("action.hash")
              ? before.withPayload(value)
              : before.with(attributes.with(Operation.attribute(name), value));
        }
        case Operation.Default other -> {
          String name = Operation.attribute(other.name().expand(this));
          yield attributes.has(name)
              ? before
              : before.with(attributes.with(name, other.value().expand(this)));
        }
        case Operation.Add add -> {
          String name = Operation.attribute(add.name().expand(this));
          yield before.with(attributes.plus(name, add.value().expand(this)));
        }
        case Operation.Edit edit -> before.with(edit.apply(attributes, this));
        case Operation.Delete delete -> before.with(delete.apply(attributes));
        case Operation.Drop() -> null;
        case Operation.Emit emit -> {
          additions.add(addition(emit.text().expand(this)));
          yield before;
        }
        case Operation.Print print -> {
          printed.add(print.text().expand(this));
          yield before;
        }
        case Operation.Exit exit -> {
          stopped = new Outcome.Stopped(exit.status(), exit.message().expand(this));
          yield before;
        }
      };
    }

    private Item addition(String text) {
      if (text.isEmpty() || text.startsWith("#")) {
        return new Item.Text(text);
      }
      if (depth == DEEPEST || ++fromOne > MOST_EMITTED) {
        throw new MalformedException("the rule matches what it emits, again and again");
      }
      try {
        Draft added = Draft.of(emblema.core.action.ActionReader.read(text));
        return new Item.Content(original.prefix(), added, original.place());
      } catch (MalformedException e) {
        throw new MalformedException("cannot emit '" + text + "': " + e.reason());
      }
    }

    private void explain(Transform transform, Draft before) {
      boolean touched =
          !before.equals(draft)
              || (transform.operation() instanceof Operation.Edit edit
                  && before.attributes().has(edit.name().expand(this)));
      if (!verbose || !touched) {
        return;
      }
      if (comments.isEmpty()) {
        comments.add("#  Action: " + original.draft().text());
      }
      Place place = transform.place();
      comments.add(
          "# Applied: %s (file %s line %d)".formatted(transform, place.source(), place.line()));
      comments.add("#  Result: " + (draft == null ? "None" : draft.text()));
    }

    private void finish() {
      comments.forEach(comment -> lines.add(new OutputLine.Plain(comment)));
      if (draft != null && !draft.isPackage()) {
        OutputLine line = new OutputLine.OfAction(original.prefix(), draft, original.place());
        if (read || emitted.add(line.text())) {
          lines.add(line);
        }
      }
      for (Item addition : additions) {
        switch (addition) {
          case Item.Content content -> new Pass(content, depth + 1, false).run();
          case Item.Text text -> {
            if (emitted.add(text.line())) {
              lines.add(new OutputLine.Plain(text.line()));
            }
          }
          case Item.End end -> throw new IllegalStateException("emitted " + end);
        }
      }
    }

    @Override
    public Optional<List<String>> ofAction(String name) {
      return switch (name) {
        case "action.hash" -> Optional.ofNullable(seen.payload()).map(List::of);
        case "action.key" -> seen.key().map(List::of);
        case "action.name" -> Optional.of(List.of(seen.word()));
        case "pkg.manifest.filename" -> Optional.of(List.of(original.place().source()));
        case "pkg.manifest.lineno" -> Optional.of(List.of("" + original.place().line()));
        default -> Optional.of(seen.attributes().all(name)).filter(all -> !all.isEmpty());
      };
    }

    @Override
    public Optional<List<String>> ofPackage(String name) {
      Map<String, List<String>> known = seen.isPackage() ? seen.metadata() : metadata;
      if (name.equals("pkg.fmri.name") && !known.containsKey(name)) {
        return Optional.ofNullable(known.get(FMRI))
            .map(values -> List.of(Fmri.parse(values.getLast()).stem()));
      }
      return Optional.ofNullable(known.get(name));
    }

    @Override
    public String group(int number) {
      if (number < 1 || number > groups.size()) {
        throw new MalformedException(
            "there is no group for '%<" + number + ">': the expressions have " + groups.size());
      }
      String matched = groups.get(number - 1);
      if (matched == null) {
        throw new MalformedException("the group of '%<" + number + ">' took no part in the match");
      }
      return matched;
    }
  }
}
