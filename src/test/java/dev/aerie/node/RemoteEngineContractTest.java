package dev.aerie.node;

import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// An engine behind the protocol keeps every engine's promises: remote, node and the embedded
/// engine in one.
final class RemoteEngineContractTest extends EngineContract {
  @TempDir private Path folder;

  private ServedFolder served;

  @Override
  protected Engine open() {
    served = new ServedFolder(folder);
    return served.connect();
  }

  @Override
  protected void close(Engine opened) {
    opened.close();
    served.close();
  }
}
