package dev.aerie.service.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.dataset.WordNetSample;
import dev.aerie.dataset.WordNetSample.Synset;
import dev.aerie.embed.MiniLmEmbedder;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether the sample answers as a person would, by comparing with every vector.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SampleSearchTest {
  private static final int HITS = 10;

  private ExecutorService workers;
  private MiniLmEmbedder embedder;
  private List<Synset> synsets;
  private FloatVectorColumn vectors;

  @BeforeAll
  void embed() {
    int cores = Runtime.getRuntime().availableProcessors();
    workers = Executors.newFixedThreadPool(cores);
    embedder = new MiniLmEmbedder(workers, cores);
    synsets = WordNetSample.read(Progress.NONE).first(SampleService.DEFAULT_ROWS);
    vectors =
        embedder.embed("embedding", synsets.stream().map(Synset::text).toList(), Progress.NONE);
  }

  @AfterAll
  void close() {
    embedder.close();
    workers.shutdown();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a large wild cat                        | 3 | lion, tiger, leopard, jaguar, cougar
          a musical instrument with strings       | 3 | violin, guitar, cello, harp, stringed instrument, lute, banjo, viola
          a place where books are kept            | 1 | library, bookshelf, bookcase
          a vehicle that flies                    | 2 | airplane, aircraft, helicopter, glider, plane, jet
          a person who cares for the sick         | 1 | doctor, nurse, physician, surgeon
          frozen water falling from the sky       | 2 | snow, snowfall, hail, sleet, snowflake, precipitation
          a building for religious worship        | 2 | church, temple, mosque, synagogue, cathedral, place of worship, chapel
          to move fast on foot                    | 2 | run, race, dash, sprint, hurry, gallop, rush, trot
          a feeling of great happiness            | 3 | joy, happiness, elation, bliss, gladness, delight, euphoria, ecstasy
          the ruler of a country                  | 2 | king, queen, monarch, emperor, sovereign, ruler, prince
          a hot drink made from beans or leaves   | 2 | coffee, tea, cocoa, espresso, cappuccino
          a bird that hunts other animals         | 2 | hawk, eagle, falcon, bird of prey, owl, vulture
          a fruit that grows on trees             | 2 | apple, pear, orange, cherry, peach, fruit, plum, edible fruit
          a large body of salt water              | 2 | ocean, sea, bay, gulf, body of water
          a weapon that shoots                    | 3 | gun, rifle, pistol, firearm, cannon, weapon, musket, revolver
          money paid to the government            | 2 | tax, income tax, duty, taxation, tariff, excise, revenue
          a mountain that spits fire and lava     | 1 | volcano, crater, lava, vent
          the science of stars and planets        | 1 | astronomy, astrophysics, uranology
          extremely cold                          | 3 | cold, coldness, low temperature, frigidity, cool, frigid, icy
          to prepare a meal with heat             | 3 | cook, cooking, cookery, bake, roast, cooked, preparation
          a loud sound in a storm                 | 1 | thunder, thunderclap, thunderstorm
          """)
  void findsWhatWasMeant(String text, int least, String expected) {
    var wanted = Set.of(expected.split(", "));
    var hits = nearest(text, synset -> true);
    var found =
        hits.stream()
            .flatMap(hit -> hit.lemmas().stream())
            .filter(wanted::contains)
            .collect(Collectors.toSet());
    assertTrue(
        found.size() >= least,
        () -> "\"%s\" found %s of %s in %s".formatted(text, found, wanted, hits));
  }

  @Test
  void staysWithinACategory() {
    var hits = nearest("a large wild cat", synset -> synset.category().equals("noun.artifact"));
    assertEquals(HITS, hits.size());
    assertTrue(hits.stream().allMatch(hit -> hit.category().equals("noun.artifact")));
  }

  private List<Synset> nearest(String text, Predicate<Synset> filter) {
    float[] query = embedder.embed("query", List.of(text), Progress.NONE).row(0);
    return IntStream.range(0, synsets.size())
        .filter(row -> filter.test(synsets.get(row)))
        .boxed()
        .sorted(Comparator.comparingDouble(row -> -similarity(query, row)))
        .limit(HITS)
        .map(synsets::get)
        .toList();
  }

  private double similarity(float[] query, int row) {
    double sum = 0;
    for (int d = 0; d < query.length; d++) {
      sum += query[d] * vectors.get(row, d);
    }
    return sum;
  }
}
