package dev.aerie.node;

import dev.aerie.engine.Engine;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import dev.aerie.local.LocalEngine;
import dev.aerie.local.LocalOptions;
import dev.aerie.remote.RemoteConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A data folder, served on a free port.
final class ServedFolder implements AutoCloseable {
  private final ExecutorService jobs = Executors.newCachedThreadPool();
  private final ExecutorService builders = Executors.newFixedThreadPool(2);
  private final Engine local;
  private final MilvusNode node;

  ServedFolder(Path folder) {
    local = LocalEngine.open(folder, LocalOptions.DEFAULT, jobs, builders);
    node = MilvusNode.start(local, NodeOptions.loopback(0));
  }

  String address() {
    return "127.0.0.1:" + node.port();
  }

  Engine connect() {
    return new RemoteConnector().open(Place.Server.of(address()), Progress.NONE);
  }

  @Override
  public void close() {
    node.stop(Duration.ofSeconds(5));
    local.close();
    jobs.shutdown();
    builders.shutdown();
  }
}
