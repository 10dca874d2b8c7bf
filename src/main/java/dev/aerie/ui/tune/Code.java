package dev.aerie.ui.tune;

import dev.aerie.service.tune.Trial;
import dev.aerie.service.tune.TuneRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A setting as a script.
final class Code {
  private Code() {}

  static String python(TuneRequest request, Trial trial) {
    var index = trial.build().index();
    return """
        index = client.prepare_index_params()
        index.add_index("%s", index_type="%s", metric_type="%s", params={%s})
        client.create_index("%s", index)
        client.search("%s", data=[vector], anns_field="%s", limit=%d,
                      search_params={"params": {%s}})
        """
        .formatted(
            request.field(),
            index.type(),
            request.metric(),
            dictionary(index.params()),
            request.collection(),
            request.collection(),
            request.field(),
            request.goal().k(),
            dictionary(trial.run().params()));
  }

  private static String dictionary(Map<String, String> params) {
    return new TreeMap<>(params)
        .entrySet().stream()
            .map(entry -> "\"%s\": %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
  }
}
