package dev.aerie.boot;

import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import dev.aerie.node.MilvusNode;
import dev.aerie.node.NodeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `aerie node`: serves the embedded engine to any Milvus client, until it is told to end.
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Serves the local engine to Milvus clients.")
final class NodeCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data folder; without it, the standard one")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--host", description = "address to listen on; default ${DEFAULT-VALUE}")
  private String host = NodeOptions.LOOPBACK;

  @Option(names = "--port", description = "default ${DEFAULT-VALUE}; 0 for any free one")
  private int port = NodeOptions.DEFAULT_PORT;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "certificate, PEM")
  private Optional<Path> certificate = Optional.empty();

  @Option(names = "--tls-key", paramLabel = "FILE", description = "its key, PEM")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      description = "clients must show a certificate this one signed")
  private Optional<Path> clientAuthority = Optional.empty();

  @Option(
      names = "--insecure",
      description = "serve another address than this machine's own without authentication or TLS")
  private boolean insecure;

  @Override
  public Integer call() throws InterruptedException {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("--tls-cert and --tls-key go together");
    }
    var tls =
        certificate.map(file -> new NodeOptions.Tls(file, key.orElseThrow(), clientAuthority));
    var usual = NodeOptions.loopback(port);
    var options =
        new NodeOptions(
            host,
            port,
            tls,
            usual.accounts(),
            insecure,
            usual.mostMessageBytes(),
            usual.mostCallsPerConnection());
    var folder = data.orElseGet(() -> DataFolder.standard().resolve("data"));
    var parts = new Parts();
    var engine = parts.open(new Place.Folder(folder), Progress.NONE);
    var node = MilvusNode.start(engine, options);
    var ended = new CountDownLatch(1);
    // A signal ends the program through its hooks; the write of the last row comes before that.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.stop(PATIENCE);
                  engine.close();
                  parts.close();
                  ended.countDown();
                }));
    System.out.println("ready on " + host + ":" + node.port());
    ended.await();
    return 0;
  }
}
