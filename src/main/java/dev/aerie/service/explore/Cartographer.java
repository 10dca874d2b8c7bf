package dev.aerie.service.explore;

import dev.aerie.engine.Filter;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import java.util.List;
import java.util.Optional;

/// Maps for views, which may not hold arrays of vectors: [ExploreService] with [MapSheet]s.
public final class Cartographer {
  private final ExploreService service;

  public Cartographer(ExploreService service) {
    this.service = service;
  }

  /// What a map shows.
  ///
  /// @param most rows, drawn at random where there are more
  /// @param text field the labels are made from
  public record Ask(
      String database,
      String collection,
      String field,
      Metric metric,
      Filter filter,
      int most,
      long seed,
      Optional<String> text) {}

  /// Draws rows and maps them.
  public MapSheet draw(Ask ask, Projection projection, Progress progress) {
    var sample =
        service.sample(
            ask.database(),
            ask.collection(),
            ask.field(),
            ask.metric(),
            ask.filter(),
            ask.most(),
            ask.seed(),
            progress);
    var texts =
        ask.text().isPresent()
            ? service.texts(sample, ask.text().get(), progress)
            : List.<String>of();
    return new MapSheet(service.map(sample, projection, ask.seed(), texts, progress));
  }

  /// The same rows laid out another way.
  public MapSheet again(
      MapSheet sheet, Projection projection, Optional<String> text, Progress progress) {
    var sample = sheet.map().sample();
    var texts =
        text.isPresent() ? service.texts(sample, text.get(), progress) : List.<String>of();
    return new MapSheet(service.map(sample, projection, sample.seed(), texts, progress));
  }

  /// The values of a field for the rows of a map.
  public List<Optional<Object>> values(MapSheet sheet, String field, Progress progress) {
    return service.values(sheet.map().sample(), field, progress);
  }

  /// What stands out among the rows of a map.
  ///
  /// @param near distance below which two rows count as duplicates
  public ExploreService.Oddities oddities(
      MapSheet sheet, double near, int most, Progress progress) {
    var sample = sheet.map().sample();
    return service.oddities(sample, service.neighbours(sample, progress), near, most);
  }
}
