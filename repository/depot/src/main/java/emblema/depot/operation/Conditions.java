package emblema.depot.operation;

import emblema.store.file.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditional requests and ranges for stored files (RFC 9110, sections 13 and 14). The reference
 * knows neither entity tags nor times other than the very text it sent; this knows both.
 */
final class Conditions {
  private static final Pattern RANGE = Pattern.compile("bytes=\\s*([0-9]*)-([0-9]*)\\s*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  /** A file this young may change again without its time telling. */
  private static final Duration YOUNG = Duration.ofSeconds(2);

  private Conditions() {}

  /**
   * The response that the request's conditions and range make of a file.
   *
   * @param whole status 200 with the headers that any answer has
   * @param now decides whether the file's time can be trusted to change when it does
   */
  static Response apply(Request request, Response whole, StoredFile file, Instant now) {
    String tag = '"' + file.identity() + '"';
    String modified = HttpDate.write(file.modified());
    boolean timely = Duration.between(file.modified(), now).compareTo(YOUNG) > 0;
    Response tagged =
        (timely ? whole.with("Last-Modified", modified) : whole)
            .with("ETag", tag)
            .with("Accept-Ranges", "bytes");
    if (isUnchanged(request, tag, file.modified(), timely)) {
      return tagged.withStatus(304).withBody(Body.none());
    }
    if (fails(request, tag, file.modified())) {
      return ErrorPage.of(412, "The file is not the one that was asked for.");
    }
    return range(request, tag, modified, timely)
        .map(range -> partial(range, tagged, file))
        .orElseGet(() -> tagged.withBody(Body.whole(file)));
  }

  private static boolean isUnchanged(
      Request request, String tag, Instant modified, boolean timely) {
    Optional<String> tags = request.header("If-None-Match");
    if (tags.isPresent()) {
      return names(tags.get(), tag, true);
    }
    return timely
        && request
            .header("If-Modified-Since")
            .flatMap(HttpDate::parse)
            .filter(since -> since.getEpochSecond() == modified.getEpochSecond())
            .isPresent();
  }

  private static boolean fails(Request request, String tag, Instant modified) {
    Optional<String> tags = request.header("If-Match");
    if (tags.isPresent()) {
      return !names(tags.get(), tag, false);
    }
    return request
        .header("If-Unmodified-Since")
        .flatMap(HttpDate::parse)
        .filter(since -> since.getEpochSecond() < modified.getEpochSecond())
        .isPresent();
  }

  private static boolean names(String list, String tag, boolean weakly) {
    if (list.strip().equals("*")) {
      return true;
    }
    return List.of(list.split(",", -1)).stream()
        .map(String::strip)
        .map(each -> weakly && each.startsWith("W/") ? each.substring(2) : each)
        .anyMatch(tag::equals);
  }

  /** One range; several, or none that can be read, mean the whole file. */
  private static Optional<Matcher> range(
      Request request, String tag, String modified, boolean timely) {
    Optional<String> condition = request.header("If-Range").map(String::strip);
    if (!request.isGet()
        || condition.isPresent()
            && !condition.get().equals(tag)
            && !(timely && condition.get().equals(modified))) {
      return Optional.empty();
    }
    return request
        .header("Range")
        .map(RANGE::matcher)
        .filter(Matcher::matches)
        .filter(range -> !range.group(1).isEmpty() || !range.group(2).isEmpty());
  }

  private static Response partial(Matcher range, Response tagged, StoredFile file) {
    long size = file.size();
    long first;
    long last;
    if (range.group(1).isEmpty()) {
      first = Math.max(0, size - number(range.group(2)));
      last = size - 1;
    } else {
      first = number(range.group(1));
      last = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, number(range.group(2)));
      if (!range.group(2).isEmpty() && number(range.group(2)) < first) {
        return tagged.withBody(Body.whole(file));
      }
    }
    if (first >= size || last < first) {
      return ErrorPage.of(416, "The file ends before the range begins.")
          .with("Content-Range", "bytes */" + size);
    }
    return tagged
        .withStatus(206)
        .with("Content-Range", "bytes " + first + "-" + last + "/" + size)
        .withBody(new Body.File(file, first, last - first + 1));
  }

  private static long number(String digits) {
    return DIGITS.matcher(digits).matches() ? Long.parseLong(digits) : Long.MAX_VALUE;
  }
}
