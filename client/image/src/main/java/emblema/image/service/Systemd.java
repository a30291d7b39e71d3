package emblema.image.service;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Units of systemd: {@code systemd:NAME.service}. {@code systemd:daemon-reload} makes it read unit
 * files again.
 */
record Systemd(ServiceCommands commands, boolean isBooted) implements ServiceKeeper {
  static final String SCHEME = "systemd:";
  static final String RELOAD = SCHEME + "daemon-reload";
  private static final Pattern NAME = Pattern.compile("systemd:[A-Za-z0-9@:._\\\\][^\\s/]*");

  @Override
  public boolean manages(String service) {
    return isBooted && NAME.matcher(service).matches() && commands.has("systemctl");
  }

  @Override
  public List<String> running(String service) {
    boolean runs =
        service.equals(RELOAD)
            || commands.succeeds("systemctl", "is-active", "--quiet", "--", unit(service));
    return runs ? List.of(service) : List.of();
  }

  @Override
  public void disable(String service) {
    commands.run(List.of("systemctl", "disable", "--now", "--", unit(service)));
  }

  @Override
  public void suspend(String service) {
    commands.run(List.of("systemctl", "stop", "--", unit(service)));
  }

  @Override
  public void resume(String service) {
    change("start", service);
  }

  @Override
  public void refresh(String service) {
    if (service.equals(RELOAD)) {
      commands.run(List.of("systemctl", "daemon-reload"));
    } else {
      change("try-reload-or-restart", service);
    }
  }

  @Override
  public void restart(String service) {
    if (service.equals(RELOAD)) {
      refresh(service);
    } else {
      change("try-restart", service);
    }
  }

  private void change(String verb, String service) {
    List<String> words = new ArrayList<>(List.of("systemctl", verb));
    if (!commands.waits()) {
      words.add("--no-block");
    }
    words.addAll(List.of("--", unit(service)));
    commands.run(words);
  }

  private static String unit(String service) {
    return service.substring(SCHEME.length());
  }
}
