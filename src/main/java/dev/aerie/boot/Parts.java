package dev.aerie.boot;

import dev.aerie.embed.MiniLmEmbedder;
import dev.aerie.embed.TextEmbedder;
import dev.aerie.engine.Connector;
import dev.aerie.local.LocalConnector;
import dev.aerie.local.LocalOptions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What every way of starting Aerie shares: the executors and the kinds of engine there are.
final class Parts implements AutoCloseable {
  private static final int CORES = Math.max(1, Runtime.getRuntime().availableProcessors());

  private final ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService builders =
      Executors.newFixedThreadPool(
          CORES, Thread.ofPlatform().daemon().name("aerie-build-", 0).factory());
  private final List<Connector> connectors =
      List.of(new LocalConnector(LocalOptions.DEFAULT, jobs, builders));

  /// One virtual thread for each job and call.
  ExecutorService jobs() {
    return jobs;
  }

  /// The bounded pool for builds and scans: as many threads as cores.
  ExecutorService builders() {
    return builders;
  }

  int cores() {
    return CORES;
  }

  List<Connector> connectors() {
    return connectors;
  }

  /// The sentence model in this process; loads on first use. The caller closes it.
  TextEmbedder embedder() {
    return new MiniLmEmbedder(builders, CORES);
  }

  @Override
  public void close() {
    jobs.shutdownNow();
    builders.shutdownNow();
  }
}
