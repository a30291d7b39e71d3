package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.core.fmri.PublisherPrefix;
import emblema.store.file.FileRepository;
import emblema.store.file.PublisherInformation;
import emblema.store.file.PublisherProperty;
import emblema.store.file.RepositoryConfiguration;
import java.util.List;
import java.util.SequencedMap;

/** {@code pkgrepo set}: properties of a repository or of its publishers. */
final class RepositorySetCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.publishers(Syntax.of("set properties of a repository"))
        .operands("section/property=value", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SequencedMap<String, List<String>> values = PropertyValues.parse(arguments.operands());
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      if (arguments.has("-p")) {
        setPublishers(arguments, session, repository, values);
      } else {
        RepositoryConfiguration configuration = repository.configuration();
        for (var each : values.entrySet()) {
          configuration =
              configuration.with(
                  PropertyValues.section(each.getKey()),
                  PropertyValues.name(each.getKey()),
                  each.getValue());
        }
        repository.configure(configuration);
      }
      return 0;
    }
  }

  private static void setPublishers(
      Arguments arguments,
      Session session,
      FileRepository repository,
      SequencedMap<String, List<String>> values) {
    List<String> publishers = arguments.values("-p");
    if (publishers.contains("all")) {
      publishers = repository.publishers();
    }
    if (publishers.isEmpty()) {
      throw new UsageException("the repository has no publishers");
    }
    values.keySet().forEach(RepositorySetCommand::property);
    for (String publisher : publishers) {
      PublisherPrefix.require(publisher);
      if (!repository.publishers().contains(publisher)) {
        repository.addPublisher(publisher, session.clock());
      }
      PublisherInformation information = repository.publisherInformation(publisher);
      for (var each : values.entrySet()) {
        information = information.with(property(each.getKey()), each.getValue());
      }
      repository.configure(publisher, information, session.clock());
    }
  }

  private static PublisherProperty property(String name) {
    PublisherProperty property =
        PublisherProperty.find(PropertyValues.section(name), PropertyValues.name(name))
            .orElseThrow(
                () -> new UsageException("'" + name + "' is not a property of a publisher"));
    if (property == PublisherProperty.PREFIX) {
      throw new UsageException("the prefix of a publisher cannot be changed");
    }
    return property;
  }
}
