package dev.aerie.embed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// A server that speaks the OpenAI embeddings protocol: `POST {url}/embeddings` with
/// `{"model", "input": […]}`, answered by `{"data": [{"index", "embedding": […]}]}`.
public final class UrlEmbedder implements TextEmbedder {
  private final Settings settings;
  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();
  private int dimension;

  /// Where and how to ask.
  ///
  /// @param url of the service up to its version: `http://localhost:11434/v1`
  /// @param key sent as a bearer token; empty for none
  /// @param dimension what the vectors must have; 0 to learn it from the first answer
  /// @param batch texts a request
  /// @param timeout of one request
  public record Settings(
      URI url, String model, Optional<Secret> key, int dimension, int batch, Duration timeout) {
    public Settings {
      var scheme = url.getScheme();
      if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
        throw new IllegalArgumentException(
            "address \"%s\" must be like http://localhost:11434/v1".formatted(url));
      }
      if (model.isBlank()) {
        throw new IllegalArgumentException("the service at %s needs a model's name".formatted(url));
      }
      if (dimension < 0) {
        throw new IllegalArgumentException("dimension must be at least 0; got " + dimension);
      }
      if (batch < 1 || batch > 2048) {
        throw new IllegalArgumentException("batch must be in [1, 2048]; got " + batch);
      }
    }

    /// 64 texts a request, a minute each, the dimension learnt.
    public static Settings of(URI url, String model) {
      return new Settings(url, model, Optional.empty(), 0, 64, Duration.ofMinutes(1));
    }
  }

  public UrlEmbedder(Settings settings) {
    this.settings = settings;
    this.dimension = settings.dimension();
    this.client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }

  @Override
  public String model() {
    return settings.model();
  }

  @Override
  public int dimension() {
    int known = knownDimension();
    return known > 0 ? known : embed("probe", List.of("dimension"), Progress.NONE).dimension();
  }

  @Override
  public FloatVectorColumn embed(String name, List<String> texts, Progress progress) {
    if (texts.isEmpty()) {
      return new FloatVectorColumn(name, dimension(), new float[0]);
    }
    float[] values = new float[0];
    for (int from = 0; from < texts.size(); from += settings.batch()) {
      progress.update(from, texts.size());
      int to = Math.min(texts.size(), from + settings.batch());
      var answers = vectors(ask(texts.subList(from, to)), to - from);
      if (values.length == 0) {
        values = new float[Math.multiplyExact(texts.size(), knownDimension())];
      }
      System.arraycopy(answers, 0, values, from * knownDimension(), answers.length);
    }
    progress.update(texts.size(), texts.size());
    return new FloatVectorColumn(name, knownDimension(), values);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private synchronized int knownDimension() {
    return dimension;
  }

  private JsonNode ask(List<String> texts) {
    var body = json.createObjectNode().put("model", settings.model());
    texts.forEach(body.putArray("input")::add);
    var request =
        HttpRequest.newBuilder(endpoint())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    settings.key().ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
    try {
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new EngineException(code(response.statusCode()), refusal(response));
      }
      return json.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw unexpected("its answer is not JSON", e);
    } catch (IOException e) {
      throw new EngineException(
          ErrorCode.UNAVAILABLE,
          "the embedding service at %s cannot be reached (%s); is it running?"
              .formatted(settings.url(), reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while embedding");
    }
  }

  /// The vectors of one answer in the order of their texts, `count × dimension`, row-major.
  private synchronized float[] vectors(JsonNode answer, int count) {
    var data = answer.path("data");
    if (data.size() != count) {
      throw unexpected("it sent %d vectors for %d texts".formatted(data.size(), count), null);
    }
    var seen = new BitSet();
    float[] values = new float[0];
    for (int i = 0; i < count; i++) {
      var vector = data.get(i).path("embedding");
      int index = data.get(i).path("index").asInt(i);
      if (index < 0 || index >= count || seen.get(index)) {
        throw unexpected("it numbered a vector %d of %d".formatted(index, count), null);
      }
      seen.set(index);
      if (dimension == 0) {
        dimension = vector.size();
      }
      if (vector.isEmpty() || vector.size() != dimension) {
        throw new EngineException(
            ErrorCode.INVALID_ARGUMENT,
            "model \"%s\" makes vectors of %d dimensions; %d are wanted"
                .formatted(settings.model(), vector.size(), dimension));
      }
      if (values.length == 0) {
        values = new float[Math.multiplyExact(count, dimension)];
      }
      for (int d = 0; d < dimension; d++) {
        float component = (float) vector.get(d).asDouble(Double.NaN);
        if (!Float.isFinite(component)) {
          throw unexpected("component %d is %s".formatted(d, vector.get(d)), null);
        }
        values[index * dimension + d] = component;
      }
    }
    return values;
  }

  private URI endpoint() {
    var base = settings.url().toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + "embeddings");
  }

  private String refusal(HttpResponse<String> response) {
    var body = response.body();
    String said;
    try {
      var error = json.readTree(body).path("error");
      said = error.isTextual() ? error.asText() : error.path("message").asText(body);
    } catch (JsonProcessingException e) {
      said = body;
    }
    return "the embedding service at %s answered %d: %s"
        .formatted(
            settings.url(),
            response.statusCode(),
            said.length() > 300 ? said.substring(0, 300) + "…" : said);
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 400, 413, 422 -> ErrorCode.INVALID_ARGUMENT;
      case 401 -> ErrorCode.UNAUTHENTICATED;
      case 403 -> ErrorCode.PERMISSION_DENIED;
      case 404 -> ErrorCode.NOT_FOUND;
      case 408, 504 -> ErrorCode.TIMEOUT;
      case 429 -> ErrorCode.RESOURCE_EXHAUSTED;
      case 502, 503 -> ErrorCode.UNAVAILABLE;
      default -> ErrorCode.INTERNAL;
    };
  }

  private static String reason(IOException e) {
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private EngineException unexpected(String what, @Nullable Exception e) {
    return new EngineException(
        ErrorCode.INTERNAL,
        "the embedding service at %s does not speak the OpenAI protocol: %s"
            .formatted(settings.url(), what),
        e);
  }
}
