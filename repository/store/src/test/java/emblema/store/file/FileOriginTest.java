package emblema.store.file;

import emblema.store.origin.Origin;
import emblema.store.origin.OriginContract;

class FileOriginTest extends OriginContract {
  @Override
  protected Origin open() {
    return FileRepository.open(GoldenRepository.path("repo"));
  }
}
