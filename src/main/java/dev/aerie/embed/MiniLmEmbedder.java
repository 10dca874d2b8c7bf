package dev.aerie.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// all-MiniLM-L6-v2 in this process: word pieces through a six-layer transformer, the mean over all
/// pieces, brought to unit length (Reimers and Gurevych, "Sentence-BERT", 2019). A text is read up
/// to its 256th piece, as the model was trained; what follows does not change the vector.
///
/// The first text loads the model (about half a second, 90 MB); until then an instance costs
/// nothing.
public final class MiniLmEmbedder implements TextEmbedder {
  private static final int DIMENSION = 384;
  private static final int MAX_PIECES = 256;
  private static final String MODEL_FILE = "all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER_FILE = "all-minilm-l6-v2-q-tokenizer.json";

  private final Executor workers;
  private final int parallelism;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private @Nullable Model model;
  private boolean closed;

  /// @param workers run the texts; the caller of [#embed] works too
  /// @param parallelism texts at a time, the caller's own included; 1 never uses the workers
  public MiniLmEmbedder(Executor workers, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1; got " + parallelism);
    }
    this.workers = workers;
    this.parallelism = parallelism;
  }

  @Override
  public String model() {
    return "all-MiniLM-L6-v2";
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public FloatVectorColumn embed(String name, List<String> texts, Progress progress) {
    progress.check();
    use.readLock().lock();
    try {
      var batch = new Batch(loaded(), texts, progress);
      for (int i = 1; i < Math.min(parallelism, texts.size()); i++) {
        workers.execute(batch);
      }
      batch.run();
      return new FloatVectorColumn(name, DIMENSION, batch.await());
    } finally {
      use.readLock().unlock();
    }
  }

  /// Waits for the texts at work and frees the model.
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      closed = true;
      if (model != null) {
        model.close();
        model = null;
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  private synchronized Model loaded() {
    if (closed) {
      throw new EngineException(ErrorCode.UNAVAILABLE, "the embedding model has been closed");
    }
    if (model == null) {
      model = Model.load();
    }
    return model;
  }

  /// Texts shared by several threads, each taking the next one. It is over when every text has been
  /// taken and put down: a worker that never got to begin is not waited for.
  private static final class Batch implements Runnable {
    private final Model model;
    private final List<String> texts;
    private final Progress progress;
    private final float[] values;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final CountDownLatch open;

    Batch(Model model, List<String> texts, Progress progress) {
      this.model = model;
      this.texts = texts;
      this.progress = progress;
      this.values = new float[Math.multiplyExact(texts.size(), DIMENSION)];
      this.open = new CountDownLatch(texts.size());
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            model.embed(texts.get(i), values, i * DIMENSION);
            progress.update(done.incrementAndGet(), texts.size());
          }
        } catch (RuntimeException e) {
          failure.compareAndSet(null, e);
        } finally {
          open.countDown();
        }
      }
    }

    float[] await() {
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while embedding");
      }
      var failed = failure.get();
      if (failed != null) {
        throw failed;
      }
      return values;
    }
  }

  /// The loaded model. The runtime and the tokenizer are safe for use by several threads.
  private record Model(OrtSession session, HuggingFaceTokenizer tokenizer) {
    static Model load() {
      try (var weights = resource(MODEL_FILE);
          var vocabulary = resource(TOKENIZER_FILE);
          var options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        var session =
            OrtEnvironment.getEnvironment().createSession(weights.readAllBytes(), options);
        var tokenizer =
            HuggingFaceTokenizer.newInstance(
                vocabulary,
                Map.of(
                    "padding",
                    "false",
                    "truncation",
                    "true",
                    "maxLength",
                    Integer.toString(MAX_PIECES)));
        return new Model(session, tokenizer);
      } catch (IOException | OrtException e) {
        throw new EngineException(
            ErrorCode.INTERNAL,
            "the embedding model cannot be loaded: %s".formatted(e.getMessage()),
            e);
      }
    }

    void embed(String text, float[] into, int at) {
      var encoding = tokenizer.encode(text);
      long[] pieces = encoding.getIds();
      var shape = new long[] {1, pieces.length};
      var environment = OrtEnvironment.getEnvironment();
      try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(pieces), shape);
          var mask =
              OnnxTensor.createTensor(
                  environment, LongBuffer.wrap(encoding.getAttentionMask()), shape);
          var types =
              OnnxTensor.createTensor(environment, LongBuffer.wrap(encoding.getTypeIds()), shape);
          var result =
              session.run(
                  Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
        pool(((OnnxTensor) result.get(0)).getFloatBuffer(), pieces.length, into, at);
      } catch (OrtException e) {
        throw new EngineException(
            ErrorCode.INTERNAL, "the embedding model failed: %s".formatted(e.getMessage()), e);
      }
    }

    void close() {
      tokenizer.close();
      try {
        session.close();
      } catch (OrtException e) {
        throw new EngineException(
            ErrorCode.INTERNAL, "the embedding model did not close: " + e.getMessage(), e);
      }
    }

    /// Mean over `pieces × DIMENSION`, row-major, brought to unit length.
    private static void pool(FloatBuffer hidden, int pieces, float[] into, int at) {
      for (int piece = 0; piece < pieces; piece++) {
        for (int d = 0; d < DIMENSION; d++) {
          into[at + d] += hidden.get(piece * DIMENSION + d);
        }
      }
      double square = 0;
      for (int d = 0; d < DIMENSION; d++) {
        square += (double) into[at + d] * into[at + d];
      }
      float scale = (float) (1 / Math.sqrt(square));
      for (int d = 0; d < DIMENSION; d++) {
        into[at + d] *= scale;
      }
    }

    private static InputStream resource(String name) throws IOException {
      var stream = Model.class.getClassLoader().getResourceAsStream(name);
      if (stream == null) {
        throw new IOException("\"" + name + "\" is not on the class path");
      }
      return stream;
    }
  }
}
