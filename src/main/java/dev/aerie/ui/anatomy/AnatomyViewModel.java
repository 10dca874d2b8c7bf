package dev.aerie.ui.anatomy;

import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Field;
import dev.aerie.service.anatomy.AnatomyService;
import dev.aerie.service.anatomy.IndexFigures;
import dev.aerie.ui.anatomy.SegmentRow.Figure;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The segments of one collection's index on one field.
final class AnatomyViewModel {
  private static final double UNEVEN = 2;

  private final Engine engine;
  private final AnatomyService service;
  private final Jobs jobs;
  private final Messages messages;
  private final String database;
  private final String collection;
  private final ObservableList<String> fields = FXCollections.observableArrayList();
  private final StringProperty field = new SimpleStringProperty();
  private final ObservableList<SegmentRow> segments = FXCollections.observableArrayList();
  private final StringProperty reason = new SimpleStringProperty("");
  private final ObjectProperty<Optional<Failure>> failure =
      new SimpleObjectProperty<>(Optional.empty());
  private @Nullable Job<?> current;

  AnatomyViewModel(
      Engine engine,
      AnatomyService service,
      Jobs jobs,
      Messages messages,
      String database,
      String collection) {
    this.engine = engine;
    this.service = service;
    this.jobs = jobs;
    this.messages = messages;
    this.database = database;
    this.collection = collection;
    field.subscribe(this::look);
  }

  /// Reads the vector fields, and looks into the index on the first one.
  void load() {
    var why = engine.capabilities().whyNot(Capability.ANATOMY);
    if (why.isPresent()) {
      reason.set(why.get());
      return;
    }
    jobs.start(
            progress ->
                engine
                    .call(new CollectionRequest.Describe(database, collection), progress)
                    .schema()
                    .vectors()
                    .stream()
                    .map(Field::name)
                    .toList())
        .whenDone(
            names -> {
              fields.setAll(names);
              if (names.isEmpty()) {
                reason.set(messages.get("fields.none", collection));
              } else if (names.contains(field.get())) {
                look();
              } else {
                field.set(names.getFirst());
              }
            })
        .whenFailed(this::fail);
  }

  /// Looks again.
  private void look() {
    var wanted = field.get();
    if (wanted == null) {
      return;
    }
    close();
    current =
        jobs.start(progress -> service.look(database, collection, wanted, 0, progress).figures())
            .whenDone(
                found -> {
                  failure.set(Optional.empty());
                  segments.setAll(found.stream().map(this::row).toList());
                  reason.set(found.isEmpty() ? messages.get("segments.none") : "");
                })
            .whenFailed(this::fail);
  }

  /// Drops a look that is under way.
  void close() {
    if (current != null) {
      current.cancel();
    }
  }

  private SegmentRow row(IndexFigures figures) {
    return switch (figures) {
      case IndexFigures.Flat(var segment, var rows, var why) ->
          new SegmentRow(
              segment, messages.get("kind.flat"), rows, why, List.of(), "", "", List.of(), 0);
      case IndexFigures.Graph graph -> graph(graph);
      case IndexFigures.Lists lists -> lists(lists);
    };
  }

  private SegmentRow graph(IndexFigures.Graph graph) {
    var shown = new ArrayList<Figure>();
    shown.add(figure("m", Integer.toString(graph.m())));
    shown.add(figure("efConstruction", Integer.toString(graph.efConstruction())));
    shown.add(
        figure("levels", String.join(" · ", graph.levels().stream().map(Figures::count).toList())));
    shown.add(figure("degree", Figures.value(graph.meanDegree())));
    shown.add(figure("full", Figures.percent(graph.fullShare())));
    shown.add(
        new Figure(
            messages.get("isolated"), Figures.count(graph.isolated()), graph.isolated() > 0));
    shown.add(
        new Figure(
            messages.get("unreachable"),
            Figures.count(graph.unreachable()),
            graph.unreachable() > 0));
    return new SegmentRow(
        graph.segment(),
        messages.get("kind.graph"),
        graph.rows(),
        messages.get(
            "summary.graph", Figures.value(graph.meanDegree()), Figures.count(graph.unreachable())),
        shown,
        messages.get("histogram.degrees"),
        messages.get("base.degrees"),
        graph.degrees(),
        Math.max(0, graph.degrees().size() - 1));
  }

  private SegmentRow lists(IndexFigures.Lists lists) {
    var shown = new ArrayList<Figure>();
    shown.add(figure("nlist", Figures.count(lists.nlist())));
    shown.add(figure("codes", lists.codes()));
    shown.add(figure("mean", Figures.value(lists.meanSize())));
    shown.add(figure("largest", Figures.count(lists.largest())));
    shown.add(
        new Figure(messages.get("empty"), Figures.count(lists.empty()), lists.empty() > 0));
    shown.add(
        new Figure(
            messages.get("imbalance"),
            Figures.value(lists.imbalance()),
            lists.imbalance() >= UNEVEN));
    lists.meanError().ifPresent(error -> shown.add(figure("error", Figures.value(error))));
    return new SegmentRow(
        lists.segment(),
        messages.get("kind.lists"),
        lists.rows(),
        messages.get(
            "summary.lists", Figures.count(lists.nlist()), Figures.value(lists.imbalance())),
        shown,
        messages.get("histogram.lists"),
        messages.get("base.lists"),
        lists.histogram(),
        lists.largest());
  }

  private Figure figure(String key, String value) {
    return new Figure(messages.get(key), value, false);
  }

  private void fail(Throwable cause) {
    failure.set(Optional.of(Failure.of(cause)));
  }

  String collection() {
    return collection;
  }

  ObservableList<String> fields() {
    return fields;
  }

  StringProperty fieldProperty() {
    return field;
  }

  ObservableList<SegmentRow> segments() {
    return segments;
  }

  /// Why there is nothing to see; empty where there is.
  StringProperty reasonProperty() {
    return reason;
  }

  ObjectProperty<Optional<Failure>> failureProperty() {
    return failure;
  }
}
