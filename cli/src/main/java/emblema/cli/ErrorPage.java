package emblema.cli;

import emblema.core.error.EmblemaException;

/** The one way an error looks: {@code pkg: what}, the cause, a blank line, {@code hint: …}. */
public final class ErrorPage {
  private ErrorPage() {}

  /**
   * @param title what the page begins with, {@code pkg} or {@code pkg install}
   */
  public static String render(String title, EmblemaException error) {
    StringBuilder page = new StringBuilder();
    page.append(title).append(": ").append(error.getMessage()).append('\n');
    error.detail().ifPresent(detail -> page.append(detail.stripTrailing()).append('\n'));
    if (!error.hints().isEmpty()) {
      page.append('\n');
      for (String hint : error.hints()) {
        page.append("hint: ").append(hint).append('\n');
      }
    }
    return page.toString();
  }
}
