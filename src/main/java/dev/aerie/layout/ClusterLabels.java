package dev.aerie.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Names for clusters from the texts of their rows: the words frequent in a cluster and rare in the
/// others, by the class-based TF-IDF of BERTopic (Grootendorst, 2022), a word counted once a row.
/// Words in more than half of all rows say nothing in any language and are left out, and with
/// them the commonest English ones, which short texts hold too seldom for that rule.
public final class ClusterLabels {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}'-]{2,}");
  private static final double MOST_SHARE = 0.5;
  private static final double LEAST_SHARE_OF_CLUSTER = 0.02;
  private static final int COMMON_FROM_ROWS = 40;
  private static final Set<String> ENGLISH =
      Set.of(
          "the",
          "and",
          "for",
          "that",
          "with",
          "from",
          "this",
          "which",
          "are",
          "was",
          "used",
          "have",
          "has",
          "not",
          "but",
          "one",
          "its",
          "being",
          "who",
          "their",
          "into",
          "some",
          "other",
          "than",
          "any",
          "all",
          "very",
          "especially",
          "usually",
          "having",
          "made",
          "such");

  private ClusterLabels() {}

  /// @param texts one a row, empty where there is none
  /// @param cluster of each row, -1 for none
  /// @param words most words of a label
  /// @return for each cluster its words, the most telling first; empty where nothing stands out
  public static List<List<String>> of(
      List<String> texts, List<Integer> cluster, int clusters, int words) {
    if (texts.size() != cluster.size()) {
      throw new IllegalArgumentException(
          "%d texts for %d rows".formatted(texts.size(), cluster.size()));
    }
    var everywhere = new HashMap<String, Integer>();
    var inside = new ArrayList<Map<String, Integer>>();
    var sizes = new int[clusters];
    for (int i = 0; i < clusters; i++) {
      inside.add(new HashMap<>());
    }
    for (int row = 0; row < texts.size(); row++) {
      int at = cluster.get(row);
      for (var word : words(texts.get(row))) {
        everywhere.merge(word, 1, Integer::sum);
        if (at >= 0) {
          inside.get(at).merge(word, 1, Integer::sum);
        }
      }
      if (at >= 0) {
        sizes[at]++;
      }
    }
    double most = texts.size() < COMMON_FROM_ROWS ? texts.size() : MOST_SHARE * texts.size();
    double wordsACluster =
        (double) inside.stream().flatMap(map -> map.values().stream()).mapToInt(n -> n).sum()
            / Math.max(1, clusters);
    var labels = new ArrayList<List<String>>();
    for (int i = 0; i < clusters; i++) {
      // A word of a single row names no cluster, except where clusters have hardly more.
      double least =
          sizes[i] < COMMON_FROM_ROWS ? 0 : Math.max(1, LEAST_SHARE_OF_CLUSTER * sizes[i]);
      labels.add(
          inside.get(i).entrySet().stream()
              .filter(entry -> entry.getValue() > least)
              .filter(entry -> everywhere.getOrDefault(entry.getKey(), 0) <= most)
              .map(
                  entry ->
                      Map.entry(
                          entry.getKey(),
                          entry.getValue()
                              * Math.log(
                                  1 + wordsACluster / everywhere.getOrDefault(entry.getKey(), 1))))
              .sorted(
                  Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(words)
              .map(Map.Entry::getKey)
              .toList());
    }
    return labels;
  }

  private static Set<String> words(String text) {
    var words = new HashSet<String>();
    var matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      if (!ENGLISH.contains(matcher.group())) {
        words.add(matcher.group());
      }
    }
    return words;
  }
}
