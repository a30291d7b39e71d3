package emblema.image.service;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The Service Management Facility: names are FMRIs, with {@code svc:/} or without, or patterns. */
record Smf(ServiceCommands commands) implements ServiceKeeper {
  private static final Pattern NAME = Pattern.compile("(svc:/)?[A-Za-z0-9][^\\s]*");
  private static final List<String> RUNS = List.of("online", "degraded", "offline");

  @Override
  public boolean manages(String service) {
    return !service.startsWith(Systemd.SCHEME)
        && NAME.matcher(service).matches()
        && commands.has("svcadm");
  }

  @Override
  public List<String> running(String service) {
    List<String> running = new ArrayList<>();
    for (String line : commands.lines("svcs", "-H", "-o", "state,fmri", service)) {
      String[] fields = line.strip().split("\\s+", 2);
      String state = fields[0].endsWith("*") ? fields[0].replace("*", "") : fields[0];
      if (fields.length == 2 && RUNS.contains(state)) {
        running.add(fields[1]);
      }
    }
    return running;
  }

  @Override
  public void disable(String service) {
    administer("disable", service, "-s"); // Its programs go next: it has to have stopped.
  }

  @Override
  public void suspend(String service) {
    administer("disable", service, "-st");
  }

  @Override
  public void resume(String service) {
    administer("enable", service, commands.waits() ? "-st" : "-t");
  }

  @Override
  public void refresh(String service) {
    administer("refresh", service);
  }

  @Override
  public void restart(String service) {
    administer("restart", service);
  }

  private void administer(String verb, String service, String... options) {
    List<String> words = new ArrayList<>(List.of("svcadm", verb));
    words.addAll(List.of(options));
    words.add(service);
    commands.run(words);
  }
}
