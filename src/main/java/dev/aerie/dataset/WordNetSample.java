package dev.aerie.dataset;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The synsets of WordNet 3.1 (Miller, "WordNet: a lexical database for English", 1995): sets of
/// words that mean one thing, each with a gloss, a lexicographer's category and how often it was
/// met in tagged text.
///
/// The order is from well known to obscure, within every category alike, so that any first part of
/// it is a picture of the whole. Well known is a synset that was tagged often, whose words are used
/// in other glosses, and that has many words of its own; tag counts alone are zero for three
/// synsets in four. A category of `s` synsets gives its `r`-th best at `r / s^0.75`: large ones
/// more, small ones sooner.
public final class WordNetSample {
  private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";
  private static final int TAG_WEIGHT = 2;
  private static final double CATEGORY_POWER = 0.75;
  private static final Pattern WORD = Pattern.compile("[a-z]+");
  private static final List<String> FILES = List.of("noun", "verb", "adj", "adv");

  /// The lexicographer files by number, as the data files refer to them.
  private static final List<String> CATEGORIES =
      List.of(
          "adj.all",
          "adj.pert",
          "adv.all",
          "noun.Tops",
          "noun.act",
          "noun.animal",
          "noun.artifact",
          "noun.attribute",
          "noun.body",
          "noun.cognition",
          "noun.communication",
          "noun.event",
          "noun.feeling",
          "noun.food",
          "noun.group",
          "noun.location",
          "noun.motive",
          "noun.object",
          "noun.person",
          "noun.phenomenon",
          "noun.plant",
          "noun.possession",
          "noun.process",
          "noun.quantity",
          "noun.relation",
          "noun.shape",
          "noun.state",
          "noun.substance",
          "noun.time",
          "verb.body",
          "verb.change",
          "verb.cognition",
          "verb.communication",
          "verb.competition",
          "verb.consumption",
          "verb.contact",
          "verb.creation",
          "verb.emotion",
          "verb.motion",
          "verb.perception",
          "verb.possession",
          "verb.social",
          "verb.stative",
          "verb.weather",
          "adj.ppl");

  private final List<Synset> synsets;

  private WordNetSample(List<Synset> synsets) {
    this.synsets = synsets;
  }

  /// One meaning.
  ///
  /// @param id a digit for the part of speech (1 noun, 2 verb, 3 adjective, 4 adverb) and the eight
  ///     digits of the synset's offset, as WordNet's own tools write it
  /// @param lemmas its words, the commonest first, with spaces
  /// @param gloss definition and examples
  /// @param category the lexicographer's file: `noun.animal`
  /// @param pos `noun`, `verb`, `adjective` or `adverb`
  /// @param frequency how often it was met in tagged text; 0 where it was not
  public record Synset(
      long id, List<String> lemmas, String gloss, String category, String pos, int frequency) {
    public Synset {
      lemmas = List.copyOf(lemmas);
    }

    /// The gloss up to its first example.
    public String definition() {
      int example = gloss.indexOf("; \"");
      return example < 0 ? gloss : gloss.substring(0, example);
    }

    /// Words and definition, as they are embedded.
    public String text() {
      return String.join(", ", lemmas) + ": " + definition();
    }
  }

  /// Reads all synsets: 117,791, about a second.
  ///
  /// @throws EngineException if the data is not on the class path or not in the format of WordNet
  public static WordNetSample read(Progress progress) {
    try {
      var senses = Senses.read();
      progress.check();
      var parsed = new ArrayList<Synset>();
      for (int file = 0; file < FILES.size(); file++) {
        readFile(file, senses, parsed);
        progress.check();
      }
      return new WordNetSample(ordered(parsed, senses));
    } catch (IOException | NumberFormatException e) {
      throw new EngineException(
          ErrorCode.INTERNAL, "the WordNet sample cannot be read: " + e.getMessage(), e);
    }
  }

  public int size() {
    return synsets.size();
  }

  /// The best known synsets.
  ///
  /// @param most fewer come only if there are fewer
  public List<Synset> first(int most) {
    return synsets.subList(0, Math.min(most, synsets.size()));
  }

  private static void readFile(int file, Senses senses, List<Synset> into) throws IOException {
    var name = "data." + FILES.get(file);
    try (var reader = reader(name)) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("  ")) {
          into.add(parse(name, line, file + 1, senses));
        }
      }
    }
  }

  /// `offset category type words {word id}… pointers … | gloss`, words counted in hex.
  private static Synset parse(String name, String line, int pos, Senses senses) throws IOException {
    int bar = line.indexOf(" | ");
    var parts = line.substring(0, Math.max(0, bar)).split(" ");
    if (bar < 0 || parts.length < 6) {
      throw new IOException("a line of %s is no synset: %s".formatted(name, line));
    }
    long id = pos * 100_000_000L + Long.parseLong(parts[0]);
    int words = Integer.parseInt(parts[3], 16);
    var lemmas = new LinkedHashSet<String>();
    for (int i = 0; i < words; i++) {
      var word = parts[4 + 2 * i].replace('_', ' ');
      // Adjectives may carry where they stand: "galore(ip)".
      int mark = word.indexOf('(');
      lemmas.add(mark < 0 ? word : word.substring(0, mark));
    }
    return new Synset(
        id,
        List.copyOf(lemmas),
        line.substring(bar + 3).strip(),
        CATEGORIES.get(Integer.parseInt(parts[1])),
        posName(pos),
        senses.tags.getOrDefault(id, 0));
  }

  private static String posName(int pos) {
    return switch (pos) {
      case 1 -> "noun";
      case 2 -> "verb";
      case 3 -> "adjective";
      case 4 -> "adverb";
      default -> throw new IllegalArgumentException("no part of speech has the number " + pos);
    };
  }

  private static List<Synset> ordered(List<Synset> synsets, Senses senses) {
    var mentions = mentions(synsets);
    var fame = new HashMap<Long, Double>();
    for (var synset : synsets) {
      fame.put(synset.id(), fame(synset, senses, mentions));
    }
    var byCategory = new HashMap<String, List<Synset>>();
    for (var synset : synsets) {
      byCategory.computeIfAbsent(synset.category(), key -> new ArrayList<>()).add(synset);
    }
    var place = new HashMap<Long, Double>();
    for (var category : byCategory.values()) {
      category.sort(
          Comparator.comparingDouble((Synset synset) -> -fame.getOrDefault(synset.id(), 0.0))
              .thenComparingLong(Synset::id));
      double scale = Math.pow(category.size(), CATEGORY_POWER);
      for (int rank = 0; rank < category.size(); rank++) {
        place.put(category.get(rank).id(), rank / scale);
      }
    }
    var ordered = new ArrayList<>(synsets);
    ordered.sort(
        Comparator.comparingDouble((Synset synset) -> place.getOrDefault(synset.id(), 0.0))
            .thenComparingLong(Synset::id));
    return List.copyOf(ordered);
  }

  private static double fame(Synset synset, Senses senses, Map<String, Integer> mentions) {
    double fame = TAG_WEIGHT * synset.frequency() + synset.lemmas().size();
    for (var lemma : synset.lemmas()) {
      var word = lemma.toLowerCase(Locale.ROOT);
      // A gloss that says "dog" means the animal, rarely the andiron.
      int sense = senses.number(synset.id(), word);
      fame += mentions.getOrDefault(word, 0) / (double) (sense * sense);
    }
    return fame;
  }

  /// In how many glosses each word and each pair of words occurs.
  private static Map<String, Integer> mentions(List<Synset> synsets) {
    var mentions = new HashMap<String, Integer>();
    for (var synset : synsets) {
      var terms = new LinkedHashSet<String>();
      Matcher words = WORD.matcher(synset.gloss().toLowerCase(Locale.ROOT));
      String before = "";
      while (words.find()) {
        var word = words.group();
        terms.add(word);
        terms.add(before + " " + word);
        before = word;
      }
      terms.forEach(term -> mentions.merge(term, 1, Integer::sum));
    }
    return mentions;
  }

  private static BufferedReader reader(String file) throws IOException {
    var stream = WordNetSample.class.getClassLoader().getResourceAsStream(FOLDER + file);
    if (stream == null) {
      throw new IOException("\"%s%s\" is not on the class path".formatted(FOLDER, file));
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII), 1 << 16);
  }

  /// Tag counts by synset, and which sense of a word a synset is.
  private record Senses(Map<Long, Integer> tags, Map<String, Integer> numbers) {
    private static final int UNKNOWN = 9;

    /// `lemma%type:… offset number tags`; satellites (type 5) stand in the adjectives' file.
    static Senses read() throws IOException {
      var tags = new HashMap<Long, Integer>();
      var numbers = new HashMap<String, Integer>();
      try (var reader = reader("index.sense")) {
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
          var parts = line.split(" ");
          int mark = parts[0].indexOf('%');
          if (parts.length != 4 || mark < 0) {
            throw new IOException("a line of index.sense is no sense: " + line);
          }
          int type = parts[0].charAt(mark + 1) - '0';
          long id = (type == 5 ? 3 : type) * 100_000_000L + Long.parseLong(parts[1]);
          tags.merge(id, Integer.parseInt(parts[3]), Integer::sum);
          var lemma = parts[0].substring(0, mark).replace('_', ' ');
          numbers.put(id + lemma, Integer.parseInt(parts[2]));
        }
      }
      return new Senses(tags, numbers);
    }

    int number(long id, String lemma) {
      return numbers.getOrDefault(id + lemma, UNKNOWN);
    }
  }
}
